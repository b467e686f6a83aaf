using System.Text.Json.Nodes;
using System.Xml.Linq;
using CsCheck;

namespace HongqiaoDashboard.Tests.Features.Intake;

/// <summary>Whatever is sent: the answer is a whole document in the format of its path, and both formats refuse the same.</summary>
public sealed class Open311HostileTests
{
    private static readonly int[] Statuses = [200, 400, 403, 404];

    private static readonly Gen<string> Values = Gen.OneOf(
        OneOf(
            "", " ", "0", "-1", "1e9", "NaN", "null", "true", "0401", "0702", "0306", "9999", "HQ20240506-000001", "open", "OPEN", "REOPEN", "closed,open", ",,,",
            "2024-05-06", "2024-05-06T10:00:00+08:00", "9999-12-31T23:59:59Z", "0001-01-01", "'; DROP TABLE Incidents;--", "<a>]]>&amp;</a>", "%", "\0", "\uFFFE", "\r\n",
            "{0}", "{", "http://a", "javascript:alert(1)", "39.167", "117.15", "汉字😀", Open311House.Key),
        Gen.String[0, 40].Select(text => new string([.. text.Where(c => !char.IsSurrogate(c))])));

    private static readonly Gen<(string Name, string Value)[]> Parameters = Gen.Select(
        OneOf(
            "service_code", "service_request_id", "start_date", "end_date", "status", "page", "page_size", "extensions", "jurisdiction_id", "locale", "api_key", "lat",
            "long", "description", "media_url", "update_id", "updated_datetime", "attribute[width]", "attribute[surface][]", "attribute", "datum", "device_id", "unheard-of"),
        Values, (name, value) => (name, value)).Array[0, 8];

    private static readonly Gen<string> Paths = OneOf(
        "/services", "/services/0702", "/requests", "/requests/HQ20240506-000001", "/tokens/0", "/servicerequestupdates", "/nothing");

    [Fact]
    public async Task Get_AnyParameters_IsAnsweredAlikeInBothFormats()
    {
        await using var house = await Open311House.StartAsync();
        await house.ReportAsync("0401", Open311House.Key, ("description", "words"));

        await Gen.Select(Paths, Parameters).SampleAsync(
            async (path, parameters) =>
            {
                var query = string.Join('&', parameters.Select(p => $"{Uri.EscapeDataString(p.Name)}={Uri.EscapeDataString(p.Value)}"));
                AssertAlike(await house.GetAsync($"{path}.json?{query}"), await house.GetAsync($"{path}.xml?{query}"));
            },
            iter: 400, threads: 1);
    }

    [Fact]
    public async Task Post_AnyForm_IsAnsweredAlikeInBothFormats()
    {
        await using var house = await Open311House.StartAsync();
        await house.ReportAsync();

        await Gen.Select(OneOf("/requests", "/servicerequestupdates", "/services"), Parameters, Gen.Bool).SampleAsync(
            async (path, parameters, known) =>
            {
                // The same form twice: what it would make the first time is there the second time.
                (string, string)[] form = [.. parameters, ("device_id", "one"), ("update_id", "one")];
                var key = known ? Open311House.Key : null;
                AssertAlike(await house.PostAsync(path + ".json", key, form), await house.PostAsync(path + ".xml", key, form));
            },
            iter: 400, threads: 1);
    }

    private static Gen<string> OneOf(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(i => texts[i]);

    private static void AssertAlike(Answer json, Answer xml)
    {
        Assert.Contains(json.Status, Statuses);
        Assert.Equal(json.Status, xml.Status);
        Assert.Equal(("application/json; charset=utf-8", "text/xml; charset=utf-8"), (json.ContentType, xml.ContentType));
        var (tree, root) = (JsonNode.Parse(json.Body)!, XDocument.Parse(xml.Body, LoadOptions.PreserveWhitespace).Root!);
        Assert.Equal(json.Status >= 400, root.Name == "errors");
        Assert.Equal(WireLeaves.Of(tree), WireLeaves.Of(root));
    }
}

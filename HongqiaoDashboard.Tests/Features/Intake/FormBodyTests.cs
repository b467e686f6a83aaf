using System.Text;
using CsCheck;
using HongqiaoDashboard.Features.Intake.Open311;
using Microsoft.AspNetCore.Http;

namespace HongqiaoDashboard.Tests.Features.Intake;

public sealed class FormBodyTests
{
    private const string UrlEncoded = "application/x-www-form-urlencoded";

    // Text that a report may hold: no broken surrogates, everything else.
    private static readonly Gen<string> Texts = Gen.String.Select(text => new string([.. text.Where(c => !char.IsSurrogate(c))]));

    [Fact]
    public async Task UrlEncoded_AnyText_IsReadVerbatim() => await Texts.SampleAsync(
        async text =>
        {
            using var content = new FormUrlEncodedContent([new("description", text), new("attribute[a][]", "😀")]);
            var fields = await ReadAsync(await content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken), UrlEncoded);
            return fields.All.SequenceEqual([("description", text), ("attribute[a][]", "😀")]);
        },
        iter: 2_000);

    [Fact]
    public async Task Multipart_AnyText_IsReadVerbatim() => await Texts.SampleAsync(
        async text =>
        {
            using var content = new MultipartFormDataContent("frontier") { { new StringContent(text), "description" }, { new StringContent("😀"), "attribute[a][]" } };
            var fields = await ReadAsync(await content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken), content.Headers.ContentType!.ToString());
            return fields.All.SequenceEqual([("description", text), ("attribute[a][]", "😀")]);
        },
        iter: 2_000);

    [Fact]
    public async Task UrlEncoded_FieldsWithoutValue_CountAsAbsent()
    {
        var fields = await ReadAsync("a=&b&&c=+%2B"u8.ToArray(), UrlEncoded);

        Assert.Equal(["c"], fields.Names);
        Assert.Equal(" +", fields["c"]);
        Assert.Null(fields["a"]);
    }

    [Theory]
    [InlineData("a=%", "PercentWrong")]
    [InlineData("a=100%&b=1", "PercentWrong")]
    [InlineData("a=%u5f20", "PercentWrong")]
    [InlineData("a=%FF", "BodyNotUtf8")]
    [InlineData("a=%ED%A0%BD", "BodyNotUtf8")]
    [InlineData("a=%C0%80", "BodyNotUtf8")]
    public async Task UrlEncoded_Undecodable_IsRefused(string body, string fault) =>
        await RefusedAsync(Encoding.ASCII.GetBytes(body), UrlEncoded, 400, fault);

    [Theory]
    [InlineData(null, "ContentTypeWrong")]
    [InlineData("application/json", "ContentTypeWrong")]
    [InlineData("text/plain", "ContentTypeWrong")]
    [InlineData("multipart/form-data", "ContentTypeWrong")]
    [InlineData("application/x-www-form-urlencoded; charset=gbk", "CharsetWrong")]
    public async Task Body_OfAnotherType_IsRefused(string? type, string fault) => await RefusedAsync("a=1"u8.ToArray(), type, 400, fault);

    [Fact]
    public async Task Body_Compressed_IsRefused()
    {
        var request = Request("a=1"u8.ToArray(), UrlEncoded);
        request.Headers.ContentEncoding = "gzip";

        var refused = await Assert.ThrowsAsync<Open311FaultException>(() => FormBody.ReadAsync(request, TestContext.Current.CancellationToken));

        Assert.Equal("ContentEncodingWrong", refused.Faults[0].Key);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Body_LongerThanTheLimit_IsRefusedWithOrWithoutItsLength(bool tellsLength)
    {
        var request = Request([.. "a="u8, .. Enumerable.Repeat((byte)'x', FormBody.LongestBody)], UrlEncoded);
        request.ContentLength = tellsLength ? request.ContentLength : null;

        var refused = await Assert.ThrowsAsync<Open311FaultException>(() => FormBody.ReadAsync(request, TestContext.Current.CancellationToken));

        Assert.Equal((400, "BodyTooLong"), (refused.Faults[0].Status, refused.Faults[0].Key));
    }

    [Fact]
    public async Task Body_AtTheLimit_IsRead()
    {
        var fields = await ReadAsync([.. "a="u8, .. Enumerable.Repeat((byte)'x', FormBody.LongestBody - 2)], UrlEncoded);

        Assert.Equal(FormBody.LongestBody - 2, fields["a"]!.Length);
    }

    [Fact]
    public async Task Body_OfTooManyFields_IsRefused() => await RefusedAsync(
        Encoding.ASCII.GetBytes(string.Join('&', Enumerable.Range(0, FormBody.MostFields + 1).Select(i => $"f{i}=1"))), UrlEncoded, 400, "TooManyFields");

    [Fact]
    public async Task Multipart_WithAFile_IsRefused()
    {
        using var content = new MultipartFormDataContent("frontier") { { new ByteArrayContent([1, 2, 3]), "media", "1.jpg" } };

        await RefusedAsync(await content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken), content.Headers.ContentType!.ToString(), 400, "FileRefused");
    }

    [Fact]
    public async Task Multipart_WithAnEmptyFile_IsReadWithoutIt()
    {
        using var content = new MultipartFormDataContent("frontier") { { new ByteArrayContent([]), "media", "none" }, { new StringContent("1"), "lat" } };

        var fields = await ReadAsync(await content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken), content.Headers.ContentType!.ToString());

        Assert.Equal([("lat", "1")], fields.All);
    }

    [Theory]
    [InlineData("")]
    [InlineData("--frontier\r\nContent-Disposition: form-data; name=a\r\n\r\ncut off")]
    [InlineData("--frontier\r\nX: y\r\n\r\nno name\r\n--frontier--\r\n")]
    public async Task Multipart_CutOffOrNameless_IsRefused(string body) =>
        await RefusedAsync(Encoding.ASCII.GetBytes(body), "multipart/form-data; boundary=frontier", 400, "BodyMalformed");

    private static async Task RefusedAsync(byte[] body, string? type, int status, string fault)
    {
        var refused = await Assert.ThrowsAsync<Open311FaultException>(() => ReadAsync(body, type));

        Assert.Equal((status, fault), (refused.Faults[0].Status, refused.Faults[0].Key));
    }

    private static Task<FormFields> ReadAsync(byte[] body, string? type) => FormBody.ReadAsync(Request(body, type), TestContext.Current.CancellationToken);

    private static HttpRequest Request(byte[] body, string? type)
    {
        var request = new DefaultHttpContext().Request;
        request.ContentType = type;
        request.ContentLength = body.Length;
        request.Body = new MemoryStream(body);
        return request;
    }
}

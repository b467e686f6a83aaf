using System.Globalization;
using HongqiaoDashboard.Features.Access.Audit.Data;
using HongqiaoDashboard.Features.Access.Audit.Domain;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Ui.Live;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.Data.Sqlite;

namespace HongqiaoDashboard.Features.Access.Audit.Pages;

/// <summary>The audit trail, the newest first. The address is all the state there is.</summary>
public sealed partial class AuditPage
{
    private const int PageSize = 50;

    private readonly ComponentLifetime _life = new();
    private AuditAddress _address = new();
    private AuditPageOf? _page;
    private AuditHead _head = AuditHead.None;
    private bool _failed;
    private int _load;

    [Inject]
    private AuditReader Reader { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    [Inject]
    private IAuthorizationService Authorization { get; set; } = default!;

    [CascadingParameter]
    private Task<AuthenticationState> Authentication { get; set; } = default!;

    private string? Newer => _page is { HasNewer: true, Rows: [var first, ..] } ? _address.At(new AuditPlace(first.At, first.Seq, IsBackwards: true)).ToString() : null;

    private string? Older => _page is { HasOlder: true, Rows: [.., var last] } ? _address.At(new AuditPlace(last.At, last.Seq)).ToString() : null;

    /// <inheritdoc/>
    public void Dispose()
    {
        Navigation.LocationChanged -= OnMoved;
        _life.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        Navigation.LocationChanged += OnMoved;
        Read();
        await LoadAsync();
    }

    private void OnMoved(object? sender, LocationChangedEventArgs e)
    {
        if (new Uri(e.Location).AbsolutePath == AuditAddress.Page)
        {
            _ = InvokeAsync(ShowAsync);
        }
    }

    private async Task ShowAsync()
    {
        try
        {
            Read();
            await LoadAsync();
            StateHasChanged();
        }
        catch (Exception e)
        {
            // Nobody awaits this: the layout's boundary shows what it fails with.
            await DispatchExceptionAsync(e);
        }
    }

    private void Read() => _address = AuditAddress.Read(new Uri(Navigation.Uri).Query);

    private async Task LoadAsync()
    {
        var load = ++_load;
        try
        {
            // Asked each time: the page may stand open for days.
            if (await Authorization.ActorAsync((await Authentication).User, Policies.Administer) is not { } actor)
            {
                (_page, _failed) = (null, true);
                return;
            }

            var page = await Reader.PageAsync(_address.QueryIn(Words.Zone), _address.Place, PageSize, actor, _life.Token);
            // Only the latest question is answered: an earlier one may take longer.
            if (load == _load)
            {
                (_page, _head, _failed) = (page, Reader.Head(actor), false);
            }
        }
        catch (OperationCanceledException) when (_life.HasEnded)
        {
            // Whoever asked has gone.
        }
        catch (SqliteException)
        {
            _failed = true;
        }
    }

    private void Go(Func<AuditAddress, AuditAddress> change) => Navigation.NavigateTo(Only(change));

    private string Only(Func<AuditAddress, AuditAddress> change) => change(_address).At(null).ToString();

    private static string? Some(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static DateOnly? Day(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is >= 1900 and < 2200 ? day : null;
}

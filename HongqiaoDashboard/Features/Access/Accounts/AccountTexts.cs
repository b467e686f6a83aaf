namespace HongqiaoDashboard.Features.Access.Accounts;

/// <summary>Anchor of the texts of accounts and of signing in.</summary>
internal sealed class AccountTexts;

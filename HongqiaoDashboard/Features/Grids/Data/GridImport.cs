using System.Collections.Immutable;
using HongqiaoDashboard.Features.Grids.Contracts;
using HongqiaoDashboard.Features.Grids.Domain;

namespace HongqiaoDashboard.Features.Grids.Data;

/// <summary>A file that somebody wants to import, examined but not yet kept.</summary>
/// <param name="File">The file as it came.</param>
/// <param name="Edition">What it would become; null when there are faults.</param>
/// <param name="Faults">Everything that is wrong with it. One fault refuses the whole file.</param>
internal sealed record GridImport(ReadOnlyMemory<byte> File, GridEdition? Edition, ImmutableArray<GridFault> Faults);

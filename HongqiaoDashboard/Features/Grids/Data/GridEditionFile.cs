using HongqiaoDashboard.Features.Grids.Contracts;
using HongqiaoDashboard.Features.Grids.Domain;

namespace HongqiaoDashboard.Features.Grids.Data;

/// <summary>From the bytes of a file to an edition or its faults.</summary>
internal static class GridEditionFile
{
    /// <summary>Ends the name of every edition file.</summary>
    public const string Extension = ".geojson";

    public static GridImport Examine(ReadOnlyMemory<byte> file)
    {
        var (draft, faults) = GridEditionReader.Read(file);
        // With no feature read there is nothing to say about how features fit together.
        if (draft.Units.Length > 0 || faults.IsEmpty)
        {
            faults = faults.AddRange(GridEditionValidator.Validate(draft));
        }

        return new GridImport(file, faults.IsEmpty ? new GridEdition(draft.InWgs84()) : null, faults);
    }
}

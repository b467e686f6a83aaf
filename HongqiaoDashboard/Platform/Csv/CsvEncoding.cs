using System.Buffers;
using System.Text;

namespace HongqiaoDashboard.Platform.Csv;

/// <summary>Tells what a file's characters are encoded in, between the two that spreadsheet programs write here.</summary>
internal static class CsvEncoding
{
    /// <summary>
    /// UTF-8 when all bytes are, otherwise GB18030, in which Chinese spreadsheet programs save. Either marks bytes that are none of
    /// its characters. A byte order mark is left to whoever reads.
    /// </summary>
    /// <param name="file">The file; it is read to its end, or to the first bytes that decide, and left there.</param>
    public static Encoding Guess(Stream file)
    {
        file.Position = 0;
        var bytes = ArrayPool<byte>.Shared.Rent(1 << 16);
        var characters = ArrayPool<char>.Shared.Rent((1 << 16) + 2);
        try
        {
            var decoder = new UTF8Encoding(false, throwOnInvalidBytes: true).GetDecoder();
            for (var read = 1; read > 0;)
            {
                read = file.Read(bytes, 0, 1 << 16);
                // Two bytes of a UTF-16 mark are no UTF-8, and whoever reads goes by the mark.
                decoder.GetChars(bytes, 0, read, characters, 0, flush: read == 0);
            }

            return new UTF8Encoding(false);
        }
        catch (DecoderFallbackException)
        {
            Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
            return Encoding.GetEncoding("GB18030", new EncoderReplacementFallback("?"), new DecoderReplacementFallback("\uFFFD"));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
            ArrayPool<char>.Shared.Return(characters);
        }
    }
}

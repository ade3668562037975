namespace Trabecula.Workbench.Tables;

/// <summary>Finds what stands between the cells of a text table.</summary>
internal static class DelimiterDetection
{
    private const int RowsRead = 50;

    /// <summary>The delimiters that are known; in doubt, the earlier.</summary>
    public static IReadOnlyList<char> Candidates { get; } = [',', ';', '\t', '|'];

    /// <summary>
    /// The delimiter that splits most of the first rows into as many cells as the header; of several, the one with more cells. A table with decimal
    /// commas and semicolons is thus no table of commas: its rows have other numbers of commas than its header.
    /// </summary>
    public static char Of(ReadOnlySpan<char> text)
    {
        int rows = 0;
        // For each candidate: delimiters in the header, in this row, and rows that agree with the header.
        Span<int> header = stackalloc int[Candidates.Count], here = stackalloc int[Candidates.Count], agreeing = stackalloc int[Candidates.Count];
        bool quoted = false, rowHasText = false;
        for (int i = 0; i <= text.Length && rows < RowsRead; i++)
        {
            char c = i < text.Length ? text[i] : '\n';
            if (c == '"')
                quoted = !quoted;
            if (quoted && i < text.Length)
                continue;
            if (c is '\n' or '\r')
            {
                if (!rowHasText)
                    continue;
                if (rows++ == 0)
                    here.CopyTo(header);
                for (int d = 0; d < here.Length; d++)
                {
                    if (here[d] == header[d] && here[d] > 0)
                        agreeing[d]++;
                }
                here.Clear();
                rowHasText = false;
                continue;
            }
            rowHasText = true;
            for (int d = 0; d < here.Length; d++)
            {
                if (c == Candidates[d])
                    here[d]++;
            }
        }
        int best = 0;
        for (int d = 1; d < Candidates.Count; d++)
        {
            if (agreeing[d] > agreeing[best] || (agreeing[d] == agreeing[best] && header[d] > header[best]))
                best = d;
        }
        return Candidates[best];
    }
}

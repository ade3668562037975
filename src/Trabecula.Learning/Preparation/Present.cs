namespace Trabecula.Learning.Preparation;

/// <summary>The values of a column that are there.</summary>
internal static class Present
{
    /// <summary>Moves the values that are not missing to the front, in their order.</summary>
    /// <returns>How many there are; what follows them is left over.</returns>
    internal static int MoveToFront(Span<double> column)
    {
        int count = 0;
        for (int row = 0; row < column.Length; row++)
        {
            if (!double.IsNaN(column[row]))
                column[count++] = column[row];
        }
        return count;
    }
}

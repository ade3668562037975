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

    /// <summary>Moves the values that are not missing to the front, and the outcomes of their rows with them.</summary>
    /// <inheritdoc cref="MoveToFront(Span{double})"/>
    internal static int MoveToFront(Span<double> column, Span<bool> outcomes)
    {
        int count = 0;
        for (int row = 0; row < column.Length; row++)
        {
            if (double.IsNaN(column[row]))
                continue;
            column[count] = column[row];
            outcomes[count++] = outcomes[row];
        }
        return count;
    }

    /// <summary>Moves the pairs of which no part is missing to the front.</summary>
    /// <inheritdoc cref="MoveToFront(Span{double})"/>
    internal static int MoveToFront(Span<double> first, Span<double> second)
    {
        int count = 0;
        for (int row = 0; row < first.Length; row++)
        {
            if (double.IsNaN(first[row]) || double.IsNaN(second[row]))
                continue;
            first[count] = first[row];
            second[count++] = second[row];
        }
        return count;
    }
}

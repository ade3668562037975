using Trabecula.Workbench.Tables;

namespace Trabecula.Workbench.Cohorts;

/// <summary>Comparison of cells with what a plan says.</summary>
internal static class CellText
{
    /// <summary>Whether a cell is the text; where both are numbers, whether it is the number. Case counts.</summary>
    public static bool AreEqual(DataTable table, int row, int column, string text)
    {
        if (table.Cell(row, column).SequenceEqual(text))
            return true;
        if (NumberCell.Parse(text, '.', out double wanted) != NumberFault.None)
            return false;
        double value = table.Number(row, column, []);
        return value == wanted;
    }
}

namespace Trabecula.Learning.Sampling;

/// <summary>
/// SMOTE: makes rows of the rarer class between its rows until it has the size asked for. Scale the columns before, since distances go
/// over all of them.
/// </summary>
/// <remarks>
/// Definition: each made row goes from a row of the class, drawn uniformly, a uniform step towards one of this row's
/// <see cref="OversamplingBetweenRows.NNeighbors"/> nearest rows of the class, drawn uniformly.
/// Neighbours: see <see cref="NearestRows"/>.
/// Source: Chawla, Bowyer, Hall and Kegelmeyer, J. Artif. Intell. Res. 16 (2002) 321; imbalanced-learn's <c>SMOTE</c>, whose
/// <c>k_neighbors</c> is named as in its ADASYN here.
/// </remarks>
public sealed record Smote : OversamplingBetweenRows
{
    /// <inheritdoc/>
    public override string Name => "SMOTE";

    private protected override FeatureTable ResampleChecked(FeatureTable table, Seed seed, CancellationToken cancellationToken)
    {
        ClassBalance balance = ClassBalance.Of(table);
        int lacking = balance.Lacking(SamplingStrategy);
        if (lacking == 0)
            return table;
        balance.RequireMoreMinorityRowsThan(NNeighbors, Name);
        int[] minority = balance.MinorityRows;
        int[] partners = NearestRows.Find(table.Values, table.ColumnCount, minority, minority, NNeighbors, cancellationToken);
        RandomSequence random = seed.Derive("smote").Open();
        var made = new MadeRow[lacking];
        for (int i = 0; i < lacking; i++)
        {
            int from = random.NextInt(minority.Length);
            made[i] = new MadeRow(minority[from], minority[partners[from * NNeighbors + random.NextInt(NNeighbors)]], random.NextDouble());
        }
        return MadeRows.Append(table, made, Categories, Name);
    }
}

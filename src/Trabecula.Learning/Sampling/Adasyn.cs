namespace Trabecula.Learning.Sampling;

/// <summary>
/// ADASYN: makes rows of the rarer class between its rows, more of them where rows of the other class are near. Scale the columns before,
/// since distances go over all of them.
/// </summary>
/// <remarks>
/// Definition: of the G rows that are lacking, row i of the rarer class is the base of <c>g_i = rint(r_i / Σ r · G)</c> (halves to even),
/// where <c>r_i</c> is the share of the other class among its <see cref="OversamplingBetweenRows.NNeighbors"/> nearest rows. Each made row goes from its base a
/// uniform step towards one of the base's nearest rows of the class, drawn uniformly. Because of the rounding the classes seldom come
/// out exactly equal: 72 and 528 become 540 and 528 where each row's share is the same. With nothing lacking, or where every
/// <c>g_i</c> rounds to 0, the rows stay as they are.
/// Neighbours: see <see cref="NearestRows"/>.
/// Source: He, Bai, Garcia and Li, IJCNN 2008; imbalanced-learn's <c>ADASYN</c>.
/// Determinism: the numbers depend on the rows alone; partners and steps are drawn base by base, in the order of rows.
/// </remarks>
public sealed record Adasyn : OversamplingBetweenRows
{
    /// <inheritdoc/>
    public override string Name => "ADASYN";

    private protected override FeatureTable ResampleChecked(FeatureTable table, Seed seed, CancellationToken cancellationToken)
    {
        ClassBalance balance = ClassBalance.Of(table);
        int lacking = balance.Lacking(SamplingStrategy);
        if (lacking == 0)
            return table;
        balance.RequireMoreMinorityRowsThan(NNeighbors, Name);
        int[] minority = balance.MinorityRows;
        int[] others = OtherClassNeighbours(table, balance, cancellationToken);
        int total = others.Sum();
        if (total == 0)
            throw new LearningException(
                $"{Name}: none of the {NNeighbors} nearest rows of any row of outcome {(balance.Minority ? 1 : 0)} is of the other class, so that no row is harder than another.",
                "Use SMOTE, or more neighbours.");

        int[] partners = NearestRows.Find(table.Values, table.ColumnCount, minority, minority, NNeighbors, cancellationToken);
        RandomSequence random = seed.Derive("adasyn").Open();
        var made = new List<MadeRow>();
        for (int i = 0; i < minority.Length; i++)
        {
            // On whole numbers, so that an exact half is seen as one.
            int count = (int)Math.Round((double)others[i] * lacking / total);
            for (int k = 0; k < count; k++)
                made.Add(new MadeRow(minority[i], minority[partners[i * NNeighbors + random.NextInt(NNeighbors)]], random.NextDouble()));
        }
        return MadeRows.Append(table, made, Categories, Name);
    }

    /// <summary>For each row of the rarer class, how many of its nearest rows are of the other class.</summary>
    internal int[] OtherClassNeighbours(FeatureTable table, ClassBalance balance, CancellationToken cancellationToken)
    {
        int[] all = [.. Enumerable.Range(0, table.RowCount)];
        int[] neighbours = NearestRows.Find(table.Values, table.ColumnCount, balance.MinorityRows, all, NNeighbors, cancellationToken);
        return [.. neighbours.Chunk(NNeighbors).Select(of => of.Count(row => table.Outcomes[row] != balance.Minority))];
    }
}

using Parquet;
using Parquet.Schema;
using Trabecula.Workbench.Tables;
using Trabecula.Workbench.Tests.Extraction;
using Xunit;

namespace Trabecula.Workbench.Tests.Tables;

public sealed class ParquetTableTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Read_OfManyTypesInTwoGroups_GivesThemAsText()
    {
        DataField[] fields =
        [
            new DataField<string>("id"), new DataField<int>("whole"), new DataField<long?>("hole"), new DataField<float>("single"), new DataField<bool>("truth"),
            new DataField<DateTime?>("date"),
        ];
        CancellationToken token = TestContext.Current.CancellationToken;
        await using (FileStream stream = File.Create(_folder["t.parquet"]))
        await using (ParquetWriter writer = await ParquetWriter.CreateAsync(new ParquetSchema(fields), stream, cancellationToken: token))
        {
            for (int group = 0; group < 2; group++)
            {
                using ParquetRowGroupWriter rows = writer.CreateRowGroup();
                IReadOnlyCollection<string?> ids = ["a" + group, "b" + group];
                await rows.WriteAsync(fields[0], ids);
                await rows.WriteAsync<int>(fields[1], new[] { -7, 8 }, cancellationToken: token);
                await rows.WriteAsync<long>(fields[2], new long?[] { null, 1L << 60 }, cancellationToken: token);
                await rows.WriteAsync<float>(fields[3], new[] { 0.1f, -3e-30f }, cancellationToken: token);
                await rows.WriteAsync<bool>(fields[4], new[] { true, false }, cancellationToken: token);
                await rows.WriteAsync<DateTime>(fields[5], new DateTime?[] { new DateTime(2024, 5, 17, 0, 0, 0, DateTimeKind.Utc), null }, cancellationToken: token);
            }
        }

        DataTable table = TableFile.Read(_folder["t.parquet"]);

        Assert.Equal(["id", "whole", "hole", "single", "truth", "date"], table.Columns);
        Assert.Equal(["a0,-7,,0.1,1,2024-05-17", "b0,8,1152921504606846976,-3E-30,0,", "a1,-7,,0.1,1,2024-05-17", "b1,8,1152921504606846976,-3E-30,0,"],
            Enumerable.Range(0, table.RowCount).Select(row => string.Join(',', Enumerable.Range(0, 6).Select(c => table.Text(row, c)))));
    }
}

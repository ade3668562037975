using System.Globalization;
using System.Text;

namespace Trabecula.Cli.Tests;

/// <summary>Made-up tables for studies that end in seconds: a cohort and two readers of twelve features.</summary>
internal static class SmallStudy
{
    // A linear congruential sequence suffices for made-up columns; the risk goes with bone density, cleft and the first feature.
    internal static void WriteTables(TrabeculaProcess trabecula, int subjects)
    {
        uint state = 12345;
        var cohort = new StringBuilder("id,age,bmd,cleft,pain\n");
        StringBuilder[] readers = [new("id"), new("id")];
        foreach (StringBuilder reader in readers)
            reader.Append(string.Concat(Enumerable.Range(1, 12).Select(f => $",f{f}"))).Append('\n');
        for (int i = 1; i <= subjects; i++)
        {
            double bmd = -2.5 - Next(), feature = Next() + Next() - 1;
            int cleft = Next() < 0.3 ? 1 : 0;
            double risk = 1 / (1 + Math.Exp(-(-0.5 + 2 * cleft - 3 * (bmd + 3) + 2 * feature)));
            cohort.Append(CultureInfo.InvariantCulture, $"S{i:D3},{55 + (int)(30 * Next())},{bmd:F2},{cleft},{(Next() < risk ? 1 : 0)}\n");
            double[] values = [feature, .. Enumerable.Range(0, 11).Select(_ => Next() + Next())];
            foreach (StringBuilder reader in readers)
                reader.Append(CultureInfo.InvariantCulture, $"S{i:D3},{string.Join(',', values.Select(v => (v + 0.1 * Next()).ToString("F4", CultureInfo.InvariantCulture)))}\n");
        }
        trabecula.Write("cohort.csv", cohort.ToString());
        trabecula.Write("reader1.csv", readers[0].ToString());
        trabecula.Write("reader2.csv", readers[1].ToString());

        double Next() => ((state = state * 1664525 + 1013904223) >> 8) / (double)(1 << 24);
    }
}

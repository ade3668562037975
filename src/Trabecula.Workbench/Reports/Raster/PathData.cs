using System.Globalization;

namespace Trabecula.Workbench.Reports.Raster;

/// <summary>A line of straight pieces.</summary>
/// <param name="Spots">Its corners.</param>
/// <param name="Closed">Whether the last is joined to the first.</param>
internal sealed record Polyline(List<Spot> Spots, bool Closed);

/// <summary>Reads the path data that figures use (SVG 1.1, 8.3): lines, Bézier curves and arcs, absolute and relative.</summary>
internal ref struct PathData
{
    private ReadOnlySpan<char> _rest;

    private PathData(string text) => _rest = text;

    /// <exception cref="FormatException">A command that no figure of ours uses.</exception>
    internal static List<Polyline> Read(string text)
    {
        var reader = new PathData(text);
        return reader.Lines();
    }

    private List<Polyline> Lines()
    {
        var lines = new List<Polyline>();
        List<Spot> line = [];
        Spot at = default;
        char command = ' ';
        for (Skip(); _rest.Length > 0; Skip())
        {
            if (char.IsAsciiLetter(_rest[0]))
            {
                command = _rest[0];
                _rest = _rest[1..];
            }
            bool relative = char.IsAsciiLetterLower(command);
            Spot origin = relative ? at : default;
            switch (char.ToUpperInvariant(command))
            {
                case 'M':
                    Close(closed: false);
                    line.Add(at = Point(origin));
                    command = relative ? 'l' : 'L';
                    break;
                case 'L':
                    line.Add(at = Point(origin));
                    break;
                case 'H':
                    line.Add(at = at with { X = origin.X + Number() });
                    break;
                case 'V':
                    line.Add(at = at with { Y = origin.Y + Number() });
                    break;
                case 'Q':
                    Spot control = Point(origin), end = Point(origin);
                    Curves.Quadratic(line, at, control, end);
                    at = end;
                    break;
                case 'C':
                    Spot first = Point(origin), second = Point(origin), last = Point(origin);
                    Curves.Cubic(line, at, first, second, last);
                    at = last;
                    break;
                case 'A':
                    double rx = Number(), ry = Number(), turn = Number();
                    bool large = Flag(), clockwise = Flag();
                    Spot to = Point(origin);
                    Arcs.Add(line, at, rx, ry, turn, large, clockwise, to);
                    at = to;
                    break;
                case 'Z':
                    if (line.Count > 0)
                        at = line[0];
                    Close(closed: true);
                    line.Add(at);
                    command = ' ';
                    break;
                default:
                    throw new FormatException($"Path data holds '{command}', which no figure uses.");
            }
        }
        Close(closed: false);
        return lines;

        void Close(bool closed)
        {
            if (line.Count > 1)
                lines.Add(new Polyline(line, closed));
            line = [];
        }
    }

    private Spot Point(Spot origin)
    {
        double x = Number();
        return new Spot(origin.X + x, origin.Y + Number());
    }

    // Flags are one digit each, and nothing need stand between them.
    private bool Flag()
    {
        Skip();
        bool flag = _rest[0] == '1';
        _rest = _rest[1..];
        return flag;
    }

    private double Number()
    {
        Skip();
        int end = 0;
        bool point = false;
        while (end < _rest.Length && (char.IsAsciiDigit(_rest[end]) || (_rest[end] == '.' && !point) || (end == 0 && _rest[end] is '-' or '+')))
            point |= _rest[end++] == '.';
        double value = double.Parse(_rest[..end], NumberStyles.Float, CultureInfo.InvariantCulture);
        _rest = _rest[end..];
        return value;
    }

    private void Skip() => _rest = _rest.TrimStart(" ,\t\r\n");
}

using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Trabecula.Imaging.Dicom;
using Trabecula.Imaging.Dicom.Deidentification;
using Trabecula.Imaging.Masks;
using Xunit;

namespace Trabecula.Imaging.Tests.Masks;

/// <summary>What dciodvfy (dicom3tools) and an Orthanc server say of the segmentations and structure sets that Trabecula writes.</summary>
public sealed class OtherSoftwareTests
{
    [Theory]
    [InlineData("m.seg.dcm")]
    [InlineData("m.rtstruct.dcm")]
    public void Write_DicomMask_PassesDciodvfyWithoutAComplaint(string name)
    {
        using var folder = new TestFolder();
        Write(folder[name]);

        string text = Run("dciodvfy", folder[name]);

        // PS3.3 has CLOSEDPLANAR_XOR since 2020; dicom3tools of Debian 12 is older. Dates and numbers of the study are the patient's, and left empty.
        string[] complaints = [.. text.Split('\n').Where(line => (line.StartsWith("Error", StringComparison.Ordinal) || line.StartsWith("Warning", StringComparison.Ordinal))
            && !line.Contains("CLOSEDPLANAR_XOR", StringComparison.Ordinal) && !line.Contains("needed to build DICOMDIR - Study", StringComparison.Ordinal))];
        Assert.Empty(complaints);
        Assert.Contains(name.Contains("seg", StringComparison.Ordinal) ? "Segmentation" : "RTStructureSet", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Deidentify_OfACtSlice_BringsNoErrorOfDciodvfy()
    {
        using var folder = new TestFolder();
        string slice = SharedData.Require("data/dicom-syntaxes/CTImage.dcm");
        (string written, _) = new DicomDeidentifier(new IdentifierMap(new byte[32])).Write(slice, folder[""], "S1", Token);

        string[] before = Errors(slice), after = Errors(written);

        Assert.NotEmpty(before);
        Assert.Empty(after.Except(before));

        static string[] Errors(string path) => [.. Run("dciodvfy", path).Split('\n').Where(line => line.StartsWith("Error", StringComparison.Ordinal))];
    }

    [Fact]
    public async Task Write_DicomMasks_AreTakenAndUnderstoodByOrthanc()
    {
        using var folder = new TestFolder();
        Write(folder["m.seg.dcm"]);
        Write(folder["m.rtstruct.dcm"]);
        int port = FreePort();
        folder.Write("orthanc.json", Encoding.UTF8.GetBytes(new JsonObject
        {
            ["StorageDirectory"] = folder["store"],
            ["IndexDirectory"] = folder["store"],
            ["HttpPort"] = port,
            ["RemoteAccessAllowed"] = false,
            ["AuthenticationEnabled"] = false,
            ["DicomServerEnabled"] = false,
        }.ToJsonString()));
        using Process server = Start("Orthanc", folder["orthanc.json"]);
        Task<string> errors = server.StandardError.ReadToEndAsync(Token), lines = server.StandardOutput.ReadToEndAsync(Token);
        try
        {
            using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}/") };
            await UntilItAnswers(client, server);

            JsonObject segmentation = await Upload(client, folder["m.seg.dcm"]), contours = await Upload(client, folder["m.rtstruct.dcm"]);

            Assert.Equal(("SEG", "S-001"), ((string?)segmentation["Modality"], (string?)segmentation["PatientID"]));
            Assert.Equal(["ball", "ring of bone", "Röntgen"], segmentation["SegmentSequence"]!.AsArray().Select(item => (string?)item!["SegmentLabel"]));
            Assert.Equal(["ball", "ring of bone", "Röntgen"], contours["StructureSetROISequence"]!.AsArray().Select(item => (string?)item!["ROIName"]));
            Assert.Equal(["1", "2", "3"], contours["ROIContourSequence"]!.AsArray().Select(item => (string?)item!["ReferencedROINumber"]));
        }
        finally
        {
            if (!server.HasExited)
                server.Kill(entireProcessTree: true);
            await server.WaitForExitAsync(Token);
        }
        string log = await errors + await lines;
        Assert.DoesNotContain(log.Split('\n'), line => line.StartsWith('E') && line.Contains("DICOM", StringComparison.OrdinalIgnoreCase));
    }

    private static async Task<JsonObject> Upload(HttpClient client, string file)
    {
        using var content = new ByteArrayContent(await File.ReadAllBytesAsync(file, Token));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/dicom");
        using HttpResponseMessage response = await client.PostAsync(new Uri("instances", UriKind.Relative), content, Token);
        string text = await response.Content.ReadAsStringAsync(Token);
        Assert.True(response.IsSuccessStatusCode, text);
        JsonNode answer = JsonNode.Parse(text)!;
        Assert.Equal("Success", (string?)answer["Status"]);
        return JsonNode.Parse(await client.GetStringAsync(new Uri($"instances/{answer["ID"]}/simplified-tags", UriKind.Relative), Token))!.AsObject();
    }

    private static async Task UntilItAnswers(HttpClient client, Process server)
    {
        for (int attempt = 0; attempt < 200; attempt++)
        {
            Assert.False(server.HasExited, "Orthanc ended by itself.");
            try
            {
                await client.GetStringAsync(new Uri("system", UriKind.Relative), Token);
                return;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(100, Token);
            }
        }
        Assert.Fail("Orthanc does not answer.");
    }

    private static void Write(string path)
    {
        DicomImage image = DicomReader.Read(SharedData.Require("data/dicom-seg/dcmqi/ct-3slice"), Token);
        MaskFile.Write(path, MaskRoundTripTests.Overlapping(image.Volume.Geometry), image.Source, "S-001", cancellationToken: Token);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string Run(string program, string file)
    {
        using Process process = Start(program, file);
        Task<string> error = process.StandardError.ReadToEndAsync(Token);
        string text = process.StandardOutput.ReadToEnd() + error.GetAwaiter().GetResult();
        process.WaitForExit();
        return text;
    }

    private static Process Start(string program, string file)
    {
        try
        {
            return Process.Start(new ProcessStartInfo(program, [file]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip($"{program} is not installed.");
            throw;
        }
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;
}

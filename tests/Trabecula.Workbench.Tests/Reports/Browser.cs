using System.Diagnostics;
using System.Text.RegularExpressions;
using Trabecula.Workbench.Tests.Extraction;
using Xunit;

namespace Trabecula.Workbench.Tests.Reports;

/// <summary>A page in a real browser: Chromium, where there is one.</summary>
internal static class Browser
{
    /// <summary>
    /// Counts what a reader would miss: figures without size, texts that leave their figure or lie on each other, that are too faint, or that have no font where
    /// the machine has none; links of the contents without a target; a page wider than the window.
    /// </summary>
    private const string Probe = """
        <script>addEventListener('load',()=>document.fonts.ready.then(()=>{
        const all=(q,e=document)=>[...e.querySelectorAll(q)],faults=new Set(),dark=matchMedia('(prefers-color-scheme:dark)').matches;
        const light=c=>{const p=c.match(/[\d.]+/g).slice(0,3).map(v=>(v/=255)<=.04045?v/12.92:((v+.055)/1.055)**2.4);return .2126*p[0]+.7152*p[1]+.0722*p[2]};
        const ground=light(getComputedStyle(document.body).backgroundColor),faint=c=>{const l=light(c);return(Math.max(l,ground)+.05)/(Math.min(l,ground)+.05)<4.5};
        all('figure svg').forEach(f=>{const r=f.getBoundingClientRect(),id=f.closest('figure').id||f.querySelector('title').textContent;
          if(r.width<50||r.height<50)faults.add('small '+id);
          const texts=all('text',f).map(t=>[t.textContent,t.getBoundingClientRect(),getComputedStyle(t)]);
          texts.forEach(([t,b,s],i)=>{
            if(b.left<r.left-1||b.right>r.right+1||b.top<r.top-1||b.bottom>r.bottom+1)faults.add(id+' cuts '+t);
            if(faint(s.fill))faults.add(id+' is faint in '+t);
            texts.slice(i+1).forEach(([u,c])=>{if(Math.min(b.right,c.right)-Math.max(b.left,c.left)>1&&Math.min(b.bottom,c.bottom)-Math.max(b.top,c.top)>3)faults.add(id+' lays '+t+' on '+u)})})});
        all('main *').forEach(e=>{if(!getComputedStyle(e).fontFamily.includes('Trabecula'))faults.add('no font for '+e.tagName)});
        all('nav a').forEach(a=>{const t=document.querySelector(a.getAttribute('href'));if(!t)faults.add('no target '+a.getAttribute('href'));else{location.hash='';a.click();if(!t.matches(':target'))faults.add('not reached '+a.getAttribute('href'))}});
        if(document.documentElement.scrollWidth>innerWidth)faults.add('wider than the window');
        document.body.insertAdjacentHTML('beforeend','<pre id="probe">'+(dark?'dark':'light')+'; figures '+all('main svg').length+'; links '+all('nav a').length+'; faults '+[...faults].join(', ')+'</pre>')}))</script>
        """;

    /// <summary>Fails unless a page shows every figure whole and readable, in light and in dark, follows its contents, logs nothing and prints to PDF.</summary>
    internal static void Accepts(TemporaryFolder folder, string page)
    {
        string browser = ((string[])["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"]).FirstOrDefault(File.Exists) ?? "";
        if (browser.Length == 0)
            Assert.Skip("No Chromium here.");
        string text = File.ReadAllText(page), probed = folder.Write("probed.html", text.Replace("</body>", Probe + "</body>", StringComparison.Ordinal)), pdf = folder["page.pdf"];
        // Chromium numbers the preferences 0 for dark and 1 for light.
        foreach ((string look, int number) in (ReadOnlySpan<(string, int)>)[("light", 1), ("dark", 0)])
        {
            (string dom, string log) = Browse(browser, folder, "--dump-dom", "--virtual-time-budget=5000", $"--blink-settings=preferredColorScheme={number}", probed);
            Assert.Equal(
                $"{look}; figures {Regex.Count(text, "<svg ")}; links {Regex.Count(text, "<h2 id=")}; faults ",
                Regex.Matches(dom, "<pre id=\"probe\">(.*?)</pre>")[^1].Groups[1].Value);
            Assert.DoesNotContain("CONSOLE", log, StringComparison.Ordinal);
        }
        Browse(browser, folder, $"--print-to-pdf={pdf}", page);
        Assert.True(new FileInfo(pdf).Length > 20_000);
        Assert.StartsWith("%PDF", File.ReadAllText(pdf)[..8], StringComparison.Ordinal);
    }

    private static (string Output, string Log) Browse(string browser, TemporaryFolder folder, params string[] arguments)
    {
        var start = new ProcessStartInfo(browser,
            ["--headless", "--no-sandbox", "--disable-gpu", "--enable-logging=stderr", "--window-size=1000,2000", $"--user-data-dir={folder["browser"]}", .. arguments[..^1], "file://" + arguments[^1]])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> log = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (output, log.Result);
    }
}

using System.CommandLine;
using System.CommandLine.Parsing;
using BekenImage.Cli.Output;
using BekenImage.Documents;
using BekenImage.Formats.Rbl;

namespace BekenImage.Cli.Commands;

/// <summary>Update packages without an RBL header at their start, in <c>ota pack</c> and <c>ota info</c>.</summary>
internal sealed class OtaForms
{
    private enum Form
    {
        Rbl,
        McuBoot,
        Overwrite,
        Ab,
    }

    private readonly Option<Form> _format = OtaCommand.Choice<Form>("--format", "rbl, mcuboot, overwrite or ab", Form.Rbl,
        ("rbl", Form.Rbl), ("mcuboot", Form.McuBoot), ("overwrite", Form.Overwrite), ("ab", Form.Ab));
    private readonly Option<long?> _flashAddress = CommonOptions.Number32("--flash-address", "For mcuboot: where the slot begins in flash, physical", "an address");
    private readonly Option<long?> _counter = CommonOptions.Number32("--security-counter", "For mcuboot: the counter in the header; else that of the signed image", "a counter");
    private readonly Option<long?> _slotSize = CommonOptions.Number("--slot-size", "For ab: bytes of the slot without page CRCs, such as 1M",
        size => size is > 0 and <= FlashImage.MaximumLength ? null : "1 to 64M");

    public OtaForms()
    {
        _format.Description = "rbl: the package of the BK72xx, and app_pack.rbl; mcuboot: ota.bin of a signed image; " +
            "overwrite: a signed image packed in blocks, to be signed again; ab: a slot of an A/B device with its header";
    }

    public Option Format => _format;

    public Option FlashAddress => _flashAddress;

    public Option Counter => _counter;

    public Option SlotSize => _slotSize;

    public bool IsRbl(ParseResult parsed) => parsed.GetValue(_format) == Form.Rbl;

    /// <summary>Which options go together.</summary>
    /// <param name="result">What was typed.</param>
    /// <param name="packing">Options for the payload of RBL packages.</param>
    /// <param name="header">Options for texts and time of an RBL header.</param>
    public void Validate(CommandResult result, Option[] packing, Option[] header)
    {
        var form = result.GetValue(_format);
        if (form != Form.Rbl)
            CommonOptions.RefuseIdle(result, "it is for --format rbl", packing);
        if (form is Form.McuBoot or Form.Overwrite)
            CommonOptions.RefuseIdle(result, "this form has no RBL header", header);
        if (form != Form.McuBoot)
            CommonOptions.RefuseIdle(result, "it is for --format mcuboot", _flashAddress, _counter);
        else if (!CommonOptions.IsGiven(result, _flashAddress))
            result.AddError("ota pack --format mcuboot needs --flash-address");
        if (form != Form.Ab)
            CommonOptions.RefuseIdle(result, "it is for --format ab", _slotSize);
        else if (!CommonOptions.IsGiven(result, _slotSize))
            result.AddError("ota pack --format ab needs --slot-size");
    }

    public byte[] Pack(ParseResult parsed, string file, byte[] input, OtaPackOptions options, List<Finding> findings)
    {
        try
        {
            return parsed.GetValue(_format) switch
            {
                Form.McuBoot => ArminoUpdates.PackMcuBoot(input, (uint)parsed.GetValue(_flashAddress)!.Value, (uint?)parsed.GetValue(_counter)),
                Form.Overwrite => ArminoUpdates.PackOverwrite(input, findings),
                _ => ArminoUpdates.PackAbSlot(input, (int)parsed.GetValue(_slotSize)!.Value, options, findings),
            };
        }
        catch (BekenImageException error)
        {
            throw OtaCommand.UsageOrInput(error, file);
        }
    }

    /// <summary>Shows a file; 1 when its checksums do not fit.</summary>
    public static int Show(Terminal terminal, string file, UpdateFile update, bool asJson)
    {
        if (asJson)
        {
            terminal.Output.WriteLine(ImageDocuments.UpdateFile(update, file));
        }
        else
        {
            terminal.Line($"{file}: {update}");
            foreach (var image in update.Package?.Images ?? [])
            {
                terminal.Line(FormattableString.Invariant(
                    $"{image}, security counter {image.SecurityCounter}, CRC {Words.Verdict(image.CrcOk)}"));
            }
            InspectText.Findings(terminal, update.Findings);
        }
        return update.Findings.Any(finding => finding.Severity == FindingSeverity.Error) ? ExitCodes.No : ExitCodes.Done;
    }
}

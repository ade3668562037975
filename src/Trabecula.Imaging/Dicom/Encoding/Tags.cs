namespace Trabecula.Imaging.Dicom.Encoding;

/// <summary>
/// The attributes that Trabecula reads: geometry, pixels, protocol and segments. Whatever is not in this list is passed over
/// without being loaded: names, dates and numbers of patients never enter the program. Source: DICOM PS3.6.
/// </summary>
internal static class Tags
{
    private static readonly Dictionary<DicomTag, (string Name, string Vr)> Known = [];

    public static readonly DicomTag
        TransferSyntaxUid = Define(0x0002, 0x0010, "Transfer Syntax UID", "UI"),
        DirectoryRecordSequence = Define(0x0004, 0x1220, "Directory Record Sequence", "SQ"),
        SpecificCharacterSet = Define(0x0008, 0x0005, "Specific Character Set", "CS"),
        ImageType = Define(0x0008, 0x0008, "Image Type", "CS"),
        SopClassUid = Define(0x0008, 0x0016, "SOP Class UID", "UI"),
        SopInstanceUid = Define(0x0008, 0x0018, "SOP Instance UID", "UI"),
        Modality = Define(0x0008, 0x0060, "Modality", "CS"),
        Manufacturer = Define(0x0008, 0x0070, "Manufacturer", "LO"),
        ManufacturerModelName = Define(0x0008, 0x1090, "Manufacturer's Model Name", "LO"),
        ReferencedSopClassUid = Define(0x0008, 0x1150, "Referenced SOP Class UID", "UI"),
        ReferencedSopInstanceUid = Define(0x0008, 0x1155, "Referenced SOP Instance UID", "UI"),
        ContrastBolusAgent = Define(0x0018, 0x0010, "Contrast/Bolus Agent", "LO"),
        ContrastBolusAgentSequence = Define(0x0018, 0x0012, "Contrast/Bolus Agent Sequence", "SQ"),
        SliceThickness = Define(0x0018, 0x0050, "Slice Thickness", "DS"),
        Kvp = Define(0x0018, 0x0060, "KVP", "DS"),
        SpacingBetweenSlices = Define(0x0018, 0x0088, "Spacing Between Slices", "DS"),
        CtAcquisitionDetailsSequence = Define(0x0018, 0x9304, "CT Acquisition Details Sequence", "SQ"),
        RevolutionTime = Define(0x0018, 0x9305, "Revolution Time", "FD"),
        ExposureTime = Define(0x0018, 0x1150, "Exposure Time", "IS"),
        XRayTubeCurrent = Define(0x0018, 0x1151, "X-Ray Tube Current", "IS"),
        ConvolutionKernel = Define(0x0018, 0x1210, "Convolution Kernel", "SH"),
        CtReconstructionSequence = Define(0x0018, 0x9314, "CT Reconstruction Sequence", "SQ"),
        CtExposureSequence = Define(0x0018, 0x9321, "CT Exposure Sequence", "SQ"),
        CtXRayDetailsSequence = Define(0x0018, 0x9325, "CT X-Ray Details Sequence", "SQ"),
        XRayTubeCurrentInMilliampere = Define(0x0018, 0x9330, "X-Ray Tube Current in mA", "FD"),
        ExposureModulationType = Define(0x0018, 0x9323, "Exposure Modulation Type", "CS"),
        StudyInstanceUid = Define(0x0020, 0x000D, "Study Instance UID", "UI"),
        SeriesInstanceUid = Define(0x0020, 0x000E, "Series Instance UID", "UI"),
        SeriesNumber = Define(0x0020, 0x0011, "Series Number", "IS"),
        AcquisitionNumber = Define(0x0020, 0x0012, "Acquisition Number", "IS"),
        InstanceNumber = Define(0x0020, 0x0013, "Instance Number", "IS"),
        ImagePositionPatient = Define(0x0020, 0x0032, "Image Position (Patient)", "DS"),
        ImageOrientationPatient = Define(0x0020, 0x0037, "Image Orientation (Patient)", "DS"),
        FrameOfReferenceUid = Define(0x0020, 0x0052, "Frame of Reference UID", "UI"),
        FrameContentSequence = Define(0x0020, 0x9111, "Frame Content Sequence", "SQ"),
        PlanePositionSequence = Define(0x0020, 0x9113, "Plane Position Sequence", "SQ"),
        PlaneOrientationSequence = Define(0x0020, 0x9116, "Plane Orientation Sequence", "SQ"),
        TemporalPositionIndex = Define(0x0020, 0x9128, "Temporal Position Index", "UL"),
        FrameAcquisitionNumber = Define(0x0020, 0x9156, "Frame Acquisition Number", "US"),
        SamplesPerPixel = Define(0x0028, 0x0002, "Samples per Pixel", "US"),
        PhotometricInterpretation = Define(0x0028, 0x0004, "Photometric Interpretation", "CS"),
        NumberOfFrames = Define(0x0028, 0x0008, "Number of Frames", "IS"),
        Rows = Define(0x0028, 0x0010, "Rows", "US"),
        Columns = Define(0x0028, 0x0011, "Columns", "US"),
        PixelSpacing = Define(0x0028, 0x0030, "Pixel Spacing", "DS"),
        BitsAllocated = Define(0x0028, 0x0100, "Bits Allocated", "US"),
        BitsStored = Define(0x0028, 0x0101, "Bits Stored", "US"),
        HighBit = Define(0x0028, 0x0102, "High Bit", "US"),
        PixelRepresentation = Define(0x0028, 0x0103, "Pixel Representation", "US"),
        PixelPaddingValue = Define(0x0028, 0x0120, "Pixel Padding Value", "US"),
        PixelPaddingRangeLimit = Define(0x0028, 0x0121, "Pixel Padding Range Limit", "US"),
        RescaleIntercept = Define(0x0028, 0x1052, "Rescale Intercept", "DS"),
        RescaleSlope = Define(0x0028, 0x1053, "Rescale Slope", "DS"),
        ModalityLutSequence = Define(0x0028, 0x3000, "Modality LUT Sequence", "SQ"),
        LossyImageCompression = Define(0x0028, 0x2110, "Lossy Image Compression", "CS"),
        PixelMeasuresSequence = Define(0x0028, 0x9110, "Pixel Measures Sequence", "SQ"),
        PixelValueTransformationSequence = Define(0x0028, 0x9145, "Pixel Value Transformation Sequence", "SQ"),
        SegmentationType = Define(0x0062, 0x0001, "Segmentation Type", "CS"),
        SegmentSequence = Define(0x0062, 0x0002, "Segment Sequence", "SQ"),
        SegmentNumber = Define(0x0062, 0x0004, "Segment Number", "US"),
        SegmentLabel = Define(0x0062, 0x0005, "Segment Label", "LO"),
        SegmentIdentificationSequence = Define(0x0062, 0x000A, "Segment Identification Sequence", "SQ"),
        ReferencedSegmentNumber = Define(0x0062, 0x000B, "Referenced Segment Number", "US"),
        MaximumFractionalValue = Define(0x0062, 0x000E, "Maximum Fractional Value", "US"),
        StructureSetRoiSequence = Define(0x3006, 0x0020, "Structure Set ROI Sequence", "SQ"),
        RoiNumber = Define(0x3006, 0x0022, "ROI Number", "IS"),
        ReferencedFrameOfReferenceUid = Define(0x3006, 0x0024, "Referenced Frame of Reference UID", "UI"),
        RoiName = Define(0x3006, 0x0026, "ROI Name", "LO"),
        RoiContourSequence = Define(0x3006, 0x0039, "ROI Contour Sequence", "SQ"),
        ContourSequence = Define(0x3006, 0x0040, "Contour Sequence", "SQ"),
        ContourGeometricType = Define(0x3006, 0x0042, "Contour Geometric Type", "CS"),
        NumberOfContourPoints = Define(0x3006, 0x0046, "Number of Contour Points", "IS"),
        ContourData = Define(0x3006, 0x0050, "Contour Data", "DS"),
        ReferencedRoiNumber = Define(0x3006, 0x0084, "Referenced ROI Number", "IS"),
        SharedFunctionalGroupsSequence = Define(0x5200, 0x9229, "Shared Functional Groups Sequence", "SQ"),
        PerFrameFunctionalGroupsSequence = Define(0x5200, 0x9230, "Per-Frame Functional Groups Sequence", "SQ"),
        PixelData = Define(0x7FE0, 0x0010, "Pixel Data", "OW");

    /// <summary>Whether the attribute is one that Trabecula reads.</summary>
    public static bool IsKnown(DicomTag tag) => Known.ContainsKey(tag);

    /// <summary>The attribute's name, or null.</summary>
    public static string? NameOf(DicomTag tag) => Known.TryGetValue(tag, out (string Name, string Vr) known) ? known.Name : null;

    /// <summary>The value representation by the dictionary; <c>UN</c> for what is not in it.</summary>
    public static string VrOf(DicomTag tag) => Known.TryGetValue(tag, out (string Name, string Vr) known) ? known.Vr : CarriedTags.VrOf(tag) ?? "UN";

    private static DicomTag Define(ushort group, ushort element, string name, string vr)
    {
        var tag = new DicomTag(group, element);
        Known.Add(tag, (name, vr));
        return tag;
    }
}

/// The readers of foreign bytes, one by one and together.
enum FuzzTarget: String, CaseIterable {
    /// A capture file, from its bytes to everything that is shown of it.
    case pipeline
    /// A capture file alone.
    case files
    /// One frame, behind two bytes that tell its link type.
    case frames
    /// TCP segments, each of seven bytes that tell its place.
    case segments
    /// Both directions of a connection, behind three bytes that tell how they end.
    case messages
    /// Content, behind two bytes that tell its codings and media type.
    case content
    /// A script of a peer.
    case scripts
    /// An expectation file.
    case expectations

    func run(_ bytes: [UInt8]) {
        switch self {
        case .pipeline: PipelineInput(bytes).check()
        case .files: FileInput(bytes).check()
        case .frames: FrameInput(bytes).check()
        case .segments: SegmentInput(bytes).check()
        case .messages: MessageInput(bytes).check()
        case .content: ContentInput(bytes).check()
        case .scripts: ScriptInput(bytes).check()
        case .expectations: ExpectationInput(bytes).check()
        }
    }
}

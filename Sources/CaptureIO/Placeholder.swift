// CaptureIO

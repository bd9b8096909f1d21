// TraceOutput

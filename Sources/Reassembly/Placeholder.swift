// Reassembly

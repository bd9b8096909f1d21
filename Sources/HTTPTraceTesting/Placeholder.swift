// HTTPTraceTesting

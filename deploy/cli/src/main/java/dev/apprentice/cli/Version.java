package dev.apprentice.cli;

import picocli.CommandLine.IVersionProvider;

/** Reads the version from the package's manifest. */
public final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        String version = Version.class.getPackage().getImplementationVersion();
        return new String[] {"apprentice " + (version == null ? "(not packaged)" : version)};
    }
}

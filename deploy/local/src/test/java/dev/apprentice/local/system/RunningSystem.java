package dev.apprentice.local.system;

import java.io.IOException;
import java.nio.file.Path;

/** Prepares a folder as if a system ran in it; this process stands for all members. */
public final class RunningSystem {

    private RunningSystem() {}

    /** Prepares such a folder. @param ports the ports of the members */
    public static void pretend(Path home, Ports ports) throws IOException {
        SystemFolder folder = had(home, ports);
        for (Member member : Member.values()) {
            ProcessRecord.of(ProcessHandle.current()).save(folder.processFile(member));
        }
    }

    /** Prepares a folder whose system had these ports when it ran. */
    public static SystemFolder had(Path home, Ports ports) throws IOException {
        SystemFolder folder = new SystemFolder(home);
        folder.create();
        ports.save(folder.portsFile());
        return folder;
    }
}

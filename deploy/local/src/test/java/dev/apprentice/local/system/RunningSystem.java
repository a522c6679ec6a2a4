package dev.apprentice.local.system;

import java.io.IOException;
import java.nio.file.Path;

/** A folder that looks as if a system ran in it: this process stands for all members. */
public final class RunningSystem {

    private RunningSystem() {}

    /** @param ports where members are said to listen */
    public static void pretend(Path home, Ports ports) throws IOException {
        SystemFolder folder = new SystemFolder(home);
        folder.create();
        ports.save(folder.portsFile());
        for (Member member : Member.values()) {
            ProcessRecord.of(ProcessHandle.current()).save(folder.processFile(member));
        }
    }
}

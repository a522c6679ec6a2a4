package dev.apprentice.lab.demo;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes the demo's instructions and tokenizer. */
@Command(
        name = "demo-data",
        description = "Makes the demo's instructions and tokenizer, the same bytes every time.",
        mixinStandardHelpOptions = true)
public final class DemoDataCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "FOLDER",
            description = "Where to write them; deploy/cli/src/main/resources/demo in the project.")
    private Path folder;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        for (Map.Entry<String, String> file : DemoData.files().entrySet()) {
            Path target = folder.resolve(file.getKey());
            Files.createDirectories(target.getParent());
            Files.writeString(target, file.getValue());
            out.println(target);
        }
        out.flush();
        return 0;
    }
}

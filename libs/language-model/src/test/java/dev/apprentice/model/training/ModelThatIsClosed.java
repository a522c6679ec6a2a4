package dev.apprentice.model.training;

import dev.apprentice.model.LanguageModel;
import dev.apprentice.model.folder.ModelFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Prints the process's anonymous memory in MiB while a model is open, and after it is closed. */
final class ModelThatIsClosed {

    private static final String OWN = "RssAnon:";

    private ModelThatIsClosed() {}

    public static void main(String[] arguments) throws IOException {
        try (LanguageModel model = LanguageModel.initialise(ModelFolder.open(Path.of(arguments[0])), 1)) {
            System.out.println(mebibytes());
        }
        System.out.println(mebibytes());
    }

    private static long mebibytes() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith(OWN))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElseThrow();
    }
}

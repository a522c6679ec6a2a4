package dev.apprentice.local.demo.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Writes the demo's instructions and tokenizer into the folder named on the command line. */
public final class GenerateDemo {

    private GenerateDemo() {}

    /**
     * @param args the folder, {@code deploy/local/src/main/resources/demo} when run by hand
     * @throws IOException if a file cannot be written
     */
    public static void main(String[] args) throws IOException {
        if (args.length != 1) {
            throw new IllegalArgumentException("name the folder to write to, such as deploy/local/src/main/resources/demo");
        }
        Path folder = Path.of(args[0]);
        for (Map.Entry<String, String> file : DemoData.files().entrySet()) {
            Path target = folder.resolve(file.getKey());
            Files.createDirectories(target.getParent());
            Files.writeString(target, file.getValue());
            System.out.println(target);
        }
    }
}

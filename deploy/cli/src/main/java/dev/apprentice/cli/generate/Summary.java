package dev.apprentice.cli.generate;

import com.fasterxml.jackson.databind.JsonNode;
import dev.apprentice.cli.generate.file.GeneratedFiles;
import dev.apprentice.cli.generate.file.Made;
import dev.apprentice.cli.terminal.Screen;
import dev.apprentice.cli.terminal.Words;
import java.util.ArrayList;
import java.util.List;

/** Prints the end of a generation: counts that add up, and the first example. */
final class Summary {

    private static final int WIDTH = 200;

    private Summary() {}

    /** Prints the summary. @param unit the name of a piece, in the plural */
    static void print(Screen screen, String unit, Generation.Outcome outcome, GeneratedFiles files) {
        int all = outcome.earlier() + outcome.done() + outcome.failed() + outcome.left();
        screen.print(counted(all, unit) + ": " + outcome.done() + " done"
                + (outcome.earlier() > 0 ? ", " + outcome.earlier() + " by an earlier call" : "")
                + (outcome.failed() > 0 ? ", " + outcome.failed() + " failed" : "")
                + (outcome.left() > 0 ? ", " + outcome.left() + " not begun" : "") + ".");
        int examples = files.kept().size() + files.rejected().size();
        screen.print(examples == 0 ? "No examples were made." : counted(examples, "examples") + ": " + files.kept().size() + " in " + files.out() + rejects(files) + ".");
        if (!files.kept().isEmpty()) {
            JsonNode first = files.kept().get(0);
            screen.print("The first:");
            first.properties().forEach(field -> screen.print("  " + field.getKey() + ": "
                    + Words.oneLine(field.getValue().asText(), WIDTH)));
            screen.print("Train on them: ./apprentice tune --model MODEL --data " + files.out());
        }
        if (!outcome.isComplete()) {
            screen.print("Run the same command again to do the rest.");
        }
    }

    private static String counted(int count, String things) {
        return count + " " + (count == 1 ? things.substring(0, things.length() - 1) : things);
    }

    private static String rejects(GeneratedFiles files) {
        List<String> counts = new ArrayList<>();
        for (Made.Why why : Made.Why.values()) {
            long count = files.rejected().stream().filter(line -> why.name().equals(line.path("why").asText())).count();
            if (count > 0) {
                counts.add(count + " " + why.words());
            }
        }
        return counts.isEmpty() ? "" : "; " + files.rejected().size() + " in " + files.rejects() + ": " + String.join(", ", counts);
    }
}

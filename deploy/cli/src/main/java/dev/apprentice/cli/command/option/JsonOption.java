package dev.apprentice.cli.command.option;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.apprentice.cli.terminal.Screen;
import dev.apprentice.contracts.Json;
import picocli.CommandLine.Option;

/** The option {@code --json}, which prints a result as JSON for programs. */
public final class JsonOption {

    @Option(names = "--json", description = "Write it as JSON, for programs.")
    private boolean json;

    public boolean isGiven() {
        return json;
    }

    /** Prints one JSON document. */
    public static void print(Screen screen, Object content) {
        try {
            screen.print(Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(content));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}

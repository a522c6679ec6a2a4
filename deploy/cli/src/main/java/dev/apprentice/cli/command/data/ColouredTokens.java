package dev.apprentice.cli.command.data;

import dev.apprentice.cli.client.answer.Inspection.Token;
import dev.apprentice.cli.terminal.Words;
import java.util.List;
import java.util.stream.Collectors;

/** Shows the tokens of a row as text. Tokens that are learned are coloured on a terminal, and in brackets elsewhere. */
final class ColouredTokens {

    private static final int MOST_IDS = 60;
    private static final String GREEN = "\u001b[32m";
    private static final String PLAIN = "\u001b[0m";

    private ColouredTokens() {}

    static String of(List<Token> tokens, boolean coloured) {
        StringBuilder text = new StringBuilder();
        boolean learned = false;
        for (Token token : tokens) {
            if (token.learned() != learned) {
                learned = token.learned();
                text.append(coloured ? learned ? GREEN : PLAIN : learned ? "[" : "]");
            }
            text.append(Words.harmless(token.text()));
        }
        return text.append(learned ? coloured ? PLAIN : "]" : "").toString();
    }

    /** Returns the first ids. */
    static String ids(List<Token> tokens) {
        return tokens.stream().limit(MOST_IDS).map(token -> Integer.toString(token.id())).collect(Collectors.joining(" "))
                + (tokens.size() > MOST_IDS ? " …" : "");
    }
}

package dev.apprentice.lab.demo;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * GPT-2's mapping of every byte to a visible character, so a vocabulary of byte sequences is readable text. Printable Latin-1
 * characters represent themselves; all other bytes are mapped to characters from {@code U+0100} on.
 */
final class ByteAlphabet {

    private static final int BYTES = 256;

    private final List<String> symbols = new ArrayList<>();
    private final String[] symbolOfByte = new String[BYTES];

    ByteAlphabet() {
        for (int value = 0; value < BYTES; value++) {
            if (isPrintable(value)) {
                assign(value, value);
            }
        }
        int next = BYTES;
        for (int value = 0; value < BYTES; value++) {
            if (!isPrintable(value)) {
                assign(value, next++);
            }
        }
    }

    /** Returns the 256 characters in the order of GPT-2's vocabulary: the printable ones first. */
    List<String> symbols() {
        return List.copyOf(symbols);
    }

    /** Returns the text's UTF-8 bytes, each as its character. */
    List<String> symbolsOf(String text) {
        List<String> result = new ArrayList<>();
        for (byte value : text.getBytes(StandardCharsets.UTF_8)) {
            result.add(symbolOfByte[value & 0xFF]);
        }
        return result;
    }

    private void assign(int value, int character) {
        symbolOfByte[value] = String.valueOf((char) character);
        symbols.add(symbolOfByte[value]);
    }

    private static boolean isPrintable(int value) {
        return value >= '!' && value <= '~' || value >= '¡' && value <= '¬' || value >= '®' && value <= 'ÿ';
    }
}

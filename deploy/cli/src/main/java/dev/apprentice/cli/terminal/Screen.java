package dev.apprentice.cli.terminal;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where a command writes. On a terminal, lines that change (bars) stay at the bottom and lines that stay scroll by
 * above them. Anywhere else, in a file or a pipe, there are only lines that stay.
 */
public final class Screen {

    /** ANSI: to the start of the line that many lines up, then erase to the end of the screen. */
    private static final String UP_AND_ERASE = "\u001b[%dF\u001b[J";

    private static final int PLAIN_WIDTH = 100;

    private final PrintStream out;
    private final boolean terminal;
    private final int width;
    private final Map<String, String> changing = new LinkedHashMap<>();
    private boolean ended;

    public Screen(PrintStream out, boolean terminal, int width) {
        this.out = out;
        this.terminal = terminal;
        this.width = width;
    }

    /** Standard output; the launcher script knows whether that is a terminal and how wide. */
    public static Screen standard() {
        return new Screen(
                System.out,
                Boolean.getBoolean("apprentice.terminal"),
                Math.max(40, Integer.getInteger("apprentice.columns", PLAIN_WIDTH)));
    }

    /** Whether lines can change. */
    public boolean isTerminal() {
        return terminal;
    }

    /** Whether what was written went anywhere; not behind a pipe whose reader has ended, such as {@code head}. */
    public boolean isRead() {
        return !out.checkError();
    }

    /** Characters a line can have. */
    public int width() {
        return width;
    }

    /** Writes text that stays. */
    public synchronized void print(String text) {
        if (!ended) {
            erase();
            out.println(text);
            draw();
        }
    }

    /** Writes text that stays and that more follows on the same line; {@link #print} ends the line. */
    public synchronized void add(String text) {
        if (!ended) {
            out.print(text);
            out.flush();
        }
    }

    /** Writes the last words of a process that is being ended; what other threads still say is not shown. */
    public synchronized void end(String text) {
        changing.clear();
        print(text);
        ended = true;
    }

    /** Shows or replaces a changing line; does nothing where lines cannot change. */
    synchronized void change(String name, String line) {
        if (terminal && !ended) {
            erase();
            changing.put(name, line);
            draw();
        }
    }

    /** Ends a changing line with its last text. */
    synchronized void settle(String name, String line) {
        if (!ended) {
            erase();
            changing.remove(name);
            out.println(line);
            draw();
        }
    }

    private void erase() {
        if (!changing.isEmpty()) {
            out.printf(UP_AND_ERASE, changing.size());
        }
    }

    private void draw() {
        changing.values().forEach(out::println);
        out.flush();
    }
}

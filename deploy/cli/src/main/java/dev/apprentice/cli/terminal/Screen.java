package dev.apprentice.cli.terminal;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The output of a command. On a terminal, changing lines (bars) stay at the bottom and all other lines scroll by above them. In a
 * file or a pipe, there are no changing lines.
 */
public final class Screen {

    /** ANSI: moves to the start of the line that many lines up, then erases to the end of the screen. */
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

    /** Returns standard output; the launcher script sets whether it is a terminal and how wide. */
    public static Screen standard() {
        return new Screen(
                System.out,
                Boolean.getBoolean("apprentice.terminal"),
                Math.max(40, Integer.getInteger("apprentice.columns", PLAIN_WIDTH)));
    }

    /** Tells whether lines can change. */
    public boolean isTerminal() {
        return terminal;
    }

    /** Tells whether output can still be written; false after a pipe's reader, such as {@code head}, has exited. */
    public boolean isRead() {
        return !out.checkError();
    }

    /** Returns how many characters a line can have. */
    public int width() {
        return width;
    }

    /** Prints a line that stays. */
    public synchronized void print(String text) {
        if (!ended) {
            erase();
            out.println(text);
            draw();
        }
    }

    /** Prints text without ending the line; {@link #print} ends it. */
    public synchronized void add(String text) {
        if (!ended) {
            out.print(text);
            out.flush();
        }
    }

    /** Prints the last line of a process that is ending; output of other threads after it is dropped. */
    public synchronized void end(String text) {
        changing.clear();
        print(text);
        ended = true;
    }

    /** Shows or replaces a changing line; does nothing if lines cannot change. */
    synchronized void change(String name, String line) {
        if (terminal && !ended) {
            erase();
            changing.put(name, line);
            draw();
        }
    }

    /** Prints a changing line's last text as a line that stays. */
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

package dev.apprentice.cli.terminal;

import java.text.DecimalFormat;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * Shows the progress of a stage: counts, rate and time left. On a terminal the bar moves; elsewhere it is printed at every
 * quarter. If the total is 0, nothing is shown.
 */
public final class Bar implements AutoCloseable {

    private static final int REDRAW_MILLIS = 500;
    private static final int NAME_WIDTH = 22;
    private static final int QUARTERS = 4;
    private static final Pattern NO_SPEED_YET = Pattern.compile(" \\? \\S+/s$");

    private final Screen screen;
    private final String name;
    private final ProgressBar bar;
    private final boolean isShown;
    private int quarter;
    private volatile String shown = "";

    /**
     * Creates a bar.
     *
     * @param name what is being done, unique on the screen
     * @param unit what is counted, e.g. {@code steps}
     * @param total how many there are
     */
    public Bar(Screen screen, String name, String unit, long total) {
        this.screen = screen;
        this.name = name;
        this.isShown = total > 0;
        this.bar = new ProgressBarBuilder()
                .setTaskName(String.format("%-" + NAME_WIDTH + "s", name))
                .setInitialMax(total)
                .setUnit(" " + unit, 1)
                .setStyle(ProgressBarStyle.ASCII)
                .showSpeed(new DecimalFormat("0.0"))
                .setSpeedUnit(ChronoUnit.SECONDS)
                .setUpdateIntervalMillis(screen.isTerminal() ? REDRAW_MILLIS : Integer.MAX_VALUE)
                .setConsumer(new DelegatingProgressBarConsumer(this::show, screen.width() - 1))
                .setMaxRenderedLength(screen.width() - 1)
                .build();
    }

    private void show(String line) {
        shown = NO_SPEED_YET.matcher(line.stripTrailing()).replaceFirst("");
        if (isShown) {
            screen.change(name, shown);
        }
    }

    /** Sets how many are done. */
    public void update(long done) {
        bar.stepTo(done);
        int reached = isShown ? (int) (QUARTERS * done / bar.getMax()) : 0;
        if (!screen.isTerminal() && reached > quarter && reached < QUARTERS) {
            bar.refresh();
            screen.print(shown);
        }
        quarter = reached;
    }

    /** Leaves the bar on the screen as it is. */
    @Override
    public void close() {
        bar.close();
        if (isShown) {
            screen.settle(name, shown);
        }
    }
}

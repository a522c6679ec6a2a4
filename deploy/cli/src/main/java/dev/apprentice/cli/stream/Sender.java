package dev.apprentice.cli.stream;

import dev.apprentice.cli.client.DatasetClient;
import dev.apprentice.cli.client.ServiceException;
import dev.apprentice.cli.client.UnreachableException;
import dev.apprentice.cli.client.answer.Receipt;
import dev.apprentice.cli.terminal.Screen;
import dev.apprentice.cli.terminal.Words;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongConsumer;

/**
 * Sends examples to dataset-service, no faster than it takes them, and prints the lines that it refuses.
 *
 * <p>Once the service has accepted some, sending is retried while it is away. A repeated request is safe, since duplicates count
 * once.
 */
public final class Sender {

    /** The most refusals printed for a request, since every line of a wrong file is refused. */
    private static final int SHOWN_AT_ONCE = 5;
    private static final Duration BEFORE_TRYING_AGAIN = Duration.ofSeconds(1);

    private final DatasetClient datasets;
    private final String dataset;
    private final SendingRate pace;
    private final Screen screen;
    private final Set<String> ignored = new HashSet<>();
    private long accepted;
    private long refused;

    public Sender(DatasetClient datasets, String dataset, SendingRate pace, Screen screen) {
        this.datasets = datasets;
        this.dataset = dataset;
        this.pace = pace;
        this.screen = screen;
    }

    /**
     * Sends everything.
     *
     * @param progress gets the number of lines sent so far
     * @throws UnreachableException if the service is not there at the beginning
     */
    public void send(LineSource source, LongConsumer progress) {
        long began = System.nanoTime();
        for (List<String> lines = source.next(pace.atOnce()); !lines.isEmpty(); lines = source.next(pace.atOnce())) {
            long before = source.read() - lines.size();
            pause(pace.due(before).minusNanos(System.nanoTime() - began));
            Receipt receipt = send(lines);
            accepted += receipt.accepted();
            refused += receipt.refused();
            receipt.refusals().stream().limit(SHOWN_AT_ONCE)
                    .forEach(refusal -> screen.print(refusal.onLine(before + refusal.line())));
            if (receipt.refused() > SHOWN_AT_ONCE) {
                screen.print("%,d more of lines %,d to %,d are refused.".formatted(
                        receipt.refused() - SHOWN_AT_ONCE, before + 1, source.read()));
            }
            receipt.ignoredFields().keySet().stream().filter(ignored::add).sorted().forEach(field ->
                    screen.print("Field '" + field + "' of the examples is ignored."));
            progress.accept(source.read());
        }
    }

    private Receipt send(List<String> lines) {
        boolean told = false;
        while (true) {
            try {
                return datasets.send(dataset, lines);
            } catch (UnreachableException e) {
                if (accepted == 0) {
                    throw e;
                }
                told = tell(e, told);
            } catch (ServiceException e) {
                if (!e.comeAgain()) {
                    throw e;
                }
                told = tell(e, told);
            }
            pause(BEFORE_TRYING_AGAIN);
        }
    }

    private boolean tell(RuntimeException e, boolean told) {
        if (!told) {
            screen.print(Words.sentence(e.getMessage()) + " Retrying.");
        }
        return true;
    }

    private static void pause(Duration time) {
        if (time.isNegative() || time.isZero()) {
            return;
        }
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while sending", e);
        }
    }

    /** Returns the number of examples that Kafka has. */
    public long accepted() {
        return accepted;
    }

    /** Returns the number of lines that hold no example. */
    public long refused() {
        return refused;
    }
}

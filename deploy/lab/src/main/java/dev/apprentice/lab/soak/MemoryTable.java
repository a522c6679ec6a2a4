package dev.apprentice.lab.soak;

import dev.apprentice.local.system.Member;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * The resources of the processes over the whole run, after every tenth of the examples. It also has the largest distance of
 * resident memory from its plateau after the first quarter, which is the warm-up.
 */
final class MemoryTable {

    private static final int TENTHS = 10;
    private static final double WARM_UP = 0.25;
    private static final double PERCENT = 100;
    private static final int NAME = 20;

    private final List<Moment> moments;

    /** Creates the table. @param moments in their order; at least one after the warm-up */
    MemoryTable(List<Moment> moments) {
        this.moments = List.copyOf(moments);
    }

    /** Returns the plateau of each process's resident memory. */
    Map<Member, Plateau> plateaus() {
        Map<Member, Plateau> plateaus = new EnumMap<>(Member.class);
        List<Moment> settled = moments.stream().filter(moment -> moment.learned() >= WARM_UP).toList();
        for (Member member : Member.values()) {
            plateaus.put(member, Plateau.of(settled.stream()
                    .map(moment -> moment.footprints().get(member).residentMiB())
                    .toList()));
        }
        return plateaus;
    }

    /** Returns the services, without the broker, that strayed further from their plateau than this share of it. */
    List<Member> unsteady(double share) {
        Map<Member, Plateau> plateaus = plateaus();
        return Arrays.stream(Member.values())
                .filter(member -> member != Member.BROKER && plateaus.get(member).furthest() > share)
                .toList();
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(row("LEARNED", moment -> String.format(Locale.ROOT, "%.0f %%", PERCENT * moment.learned())) + "  PLATEAU FURTHEST");
        lines.add("Resident memory, MiB");
        Map<Member, Plateau> plateaus = plateaus();
        for (Member member : Member.values()) {
            Plateau plateau = plateaus.get(member);
            lines.add(row(member, footprint -> OptionalDouble.of(footprint.residentMiB()))
                    + String.format(Locale.ROOT, "%9.0f %6.1f %%", plateau.level(), PERCENT * plateau.furthest()));
        }
        addService(lines, "Java heap after the last full collection, MiB", Footprint::liveMiB);
        addService(lines, "Java heap in use, MiB", Footprint::heapMiB);
        addAll(lines, "Threads", footprint -> OptionalDouble.of(footprint.threads()));
        addAll(lines, "Open files and sockets", footprint -> OptionalDouble.of(footprint.files()));
        addAll(lines, "Deleted files among them", footprint -> OptionalDouble.of(footprint.deletedFiles()));
        lines.add(row("Kafka on disk, MiB", moment -> number(OptionalDouble.of(moment.kafkaMiB()))));
        return lines;
    }

    private void addService(List<String> lines, String title, Function<Footprint, OptionalDouble> figure) {
        lines.add(title);
        Arrays.stream(Member.values()).filter(member -> member != Member.BROKER).forEach(member -> lines.add(row(member, figure)));
    }

    private void addAll(List<String> lines, String title, Function<Footprint, OptionalDouble> figure) {
        lines.add(title);
        Arrays.stream(Member.values()).forEach(member -> lines.add(row(member, figure)));
    }

    private String row(Member member, Function<Footprint, OptionalDouble> figure) {
        return row("  " + member, moment -> number(figure.apply(moment.footprints().get(member))));
    }

    private String row(String name, Function<Moment, String> cell) {
        StringBuilder row = new StringBuilder(String.format("%-" + NAME + "s", name));
        tenths().forEach(moment -> row.append(String.format("%7s", cell.apply(moment))));
        return row.toString();
    }

    /** Returns the first moment at or after each tenth of the run. */
    private List<Moment> tenths() {
        List<Moment> tenths = new ArrayList<>();
        for (int tenth = 1; tenth <= TENTHS; tenth++) {
            double share = tenth / (double) TENTHS;
            tenths.add(moments.stream()
                    .filter(moment -> moment.learned() >= share)
                    .findFirst()
                    .orElse(moments.get(moments.size() - 1)));
        }
        return tenths;
    }

    private static String number(OptionalDouble figure) {
        return figure.isPresent() ? String.format(Locale.ROOT, "%.0f", figure.getAsDouble()) : "-";
    }
}

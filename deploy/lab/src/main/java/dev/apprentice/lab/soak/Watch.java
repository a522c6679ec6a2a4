package dev.apprentice.lab.soak;

import dev.apprentice.local.system.LocalSystem;
import dev.apprentice.local.system.Member;
import dev.apprentice.local.system.MemberState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** Samples the processes of a system from outside. */
final class Watch {

    private static final double MIB = 1 << 20;

    private final LocalSystem system;
    private final Map<Member, ProcessFolder> processes = new EnumMap<>(Member.class);

    /** Finds the processes. @param system one that runs and does not restart processes */
    Watch(LocalSystem system) {
        this.system = system;
        for (MemberState state : system.state()) {
            processes.put(state.member(), ProcessFolder.of(state.pid().orElseThrow()));
        }
    }

    Map<Member, Footprint> footprints() {
        Map<Member, Footprint> all = new EnumMap<>(Member.class);
        processes.forEach((member, process) -> all.put(member, footprint(member, process)));
        return all;
    }

    private Footprint footprint(Member member, ProcessFolder process) {
        ServiceMetrics meters = member == Member.BROKER ? new ServiceMetrics("") : meters(member);
        Stream<String> files = process.openFiles().stream();
        OptionalDouble live = meters.sum("jvm_gc_live_data_size_bytes", "");
        return new Footprint(
                process.residentMiB(),
                inMiB(meters.sum("jvm_memory_used_bytes", "area=\"heap\"")),
                live.orElse(0) > 0 ? inMiB(live) : OptionalDouble.empty(),
                process.threads(),
                process.openFiles().size(),
                Math.toIntExact(files.filter(name -> name.endsWith("(deleted)")).count()));
    }

    ServiceMetrics meters(Member member) {
        return ServiceMetrics.of(system.ports().url(member));
    }

    private static OptionalDouble inMiB(OptionalDouble bytes) {
        return bytes.isPresent() ? OptionalDouble.of(bytes.getAsDouble() / MIB) : bytes;
    }

    /** Returns the space of the broker's log segments on disk, in MiB; NaN if they change during the count. */
    double kafkaMiB() {
        try (Stream<Path> files = Files.walk(system.folder().data(Member.BROKER))) {
            return files.filter(file -> file.toString().endsWith(".log")).mapToLong(Watch::size).sum() / MIB;
        } catch (IOException | UncheckedIOException e) {
            return Double.NaN; // a folder was deleted during the count; the next sample will succeed
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (NoSuchFileException e) {
            return 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package dev.apprentice.model.training;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Structure;
import dev.apprentice.model.LanguageModel;
import dev.apprentice.model.Precision;
import dev.apprentice.model.TokenBatch;
import dev.apprentice.model.folder.ModelFolder;
import dev.apprentice.model.generation.GenerationSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * A process in which only the model's memory changes. For each precision, it prints by how many KiB the memory allocated by the C
 * library grew.
 */
final class ManySteps {

    private static final int WARM_UP = 50;
    private static final int STEPS = 120;
    private static final TokenBatch BATCH =
            new TokenBatch(new int[] {10, 11, 12, 13, 20, 21}, new int[] {4, 2}, new int[] {1, 1}, false);
    private static final GenerationSettings SETTINGS = new GenerationSettings(2, Set.of());

    /** The number of garbage collections to run, because another thread frees the memory of collected objects. */
    private static final int COLLECTIONS = 20;

    private ManySteps() {}

    /** The part of glibc's malloc.h that is used here. */
    interface CLibrary extends Library {

        MemoryInformation mallinfo2();
    }

    @Structure.FieldOrder({
        "arena", "ordblks", "smblks", "hblks", "hblkhd", "usmblks", "fsmblks", "uordblks", "fordblks", "keepcost"
    })
    public static final class MemoryInformation extends Structure implements Structure.ByValue {

        public long arena;
        public long ordblks;
        public long smblks;
        public long hblks;
        /** Bytes in blocks that were mapped individually. */
        public long hblkhd;
        public long usmblks;
        public long fsmblks;
        /** Bytes in all other blocks in use. */
        public long uordblks;
        public long fordblks;
        public long keepcost;
    }

    public static void main(String[] arguments) {
        CLibrary library = Native.load("c", CLibrary.class);
        try (LanguageModel model = LanguageModel.load(ModelFolder.open(Path.of(arguments[0])))) {
            for (Precision precision : Precision.values()) {
                try (FineTuning tuning = new FineTuning(model, FineTuningSettings.DEFAULTS.withPrecision(precision))) {
                    run(model, tuning, WARM_UP);
                    long before = kibibytesInUse(library);
                    run(model, tuning, STEPS);
                    System.out.println(kibibytesInUse(library) - before);
                }
            }
        }
    }

    private static void run(LanguageModel model, FineTuning tuning, int steps) {
        for (int step = 0; step < steps; step++) {
            tuning.step(List.of(BATCH, BATCH), 1e-4);
            if (step % 4 == 0) {
                model.loss(BATCH);
                model.generate(List.of(new int[] {1, 2}, new int[] {3}), SETTINGS);
            }
        }
    }

    private static long kibibytesInUse(CLibrary library) {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
            MemoryInformation information = library.mallinfo2();
            least = Math.min(least, information.uordblks + information.hblkhd);
        }
        return least >> 10;
    }
}

package dev.apprentice.trainer.request;

import dev.apprentice.model.ModelException;
import dev.apprentice.service.storage.StorageUri;
import dev.apprentice.trainer.TrainerSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The folders and places in object stores that models may be read from: those of {@code apprentice.trainer.model-roots} and the
 * trainer's own.
 */
public final class ModelRoots {

    private static final String KEY = "apprentice.trainer.model-roots";

    /** Whether there is any restriction. */
    private final boolean bounded;

    private final List<Path> roots;
    private final List<StorageUri> stores;

    /** @param all folders and {@code s3:} URIs; empty to allow any place */
    ModelRoots(List<String> all) {
        this.bounded = !all.isEmpty();
        this.roots = all.stream().filter(root -> !StorageUri.isOne(root)).map(Path::of).toList();
        this.stores = all.stream().filter(StorageUri::isOne).map(StorageUri::parse).toList();
    }

    /** Returns the configured roots. The trainer's own folders are added, because another run may begin with a checkpoint. */
    public static ModelRoots of(TrainerSettings settings) {
        List<String> roots = new ArrayList<>(settings.modelRoots().orElse(List.of()));
        if (!roots.isEmpty()) {
            roots.add(settings.home().toString());
            settings.checkpoints()
                    .map(place -> place.startsWith("file:") ? Path.of(URI.create(place)).toString() : place)
                    .ifPresent(roots::add);
        }
        return new ModelRoots(roots);
    }

    /**
     * Checks that a folder and all its files lie in one of the roots, with links resolved. Nothing outside the roots is read. The
     * error is the same whether such a folder exists or not.
     *
     * @throws ModelException if it lies outside; the message says where models may lie
     */
    void require(Path folder) {
        if (!bounded) {
            return;
        }
        try {
            List<Path> all = new ArrayList<>(List.of(folder));
            if (isWithin(folder) && Files.isDirectory(folder)) {
                try (Stream<Path> files = Files.list(folder)) {
                    files.forEach(all::add);
                }
            }
            for (Path each : all) {
                if (!isWithin(each)) {
                    throw new ModelException("model.location " + folder + (each.equals(folder) ? "" : " has a link, "
                            + each.getFileName() + ", that") + " leads outside the folders that models may lie in (" + KEY + ", "
                            + roots + "); put the model there, or name it on the hub as hf:organisation/name");
                }
            }
        } catch (IOException e) {
            throw new ModelException("model.location " + folder + " cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * Checks that a place in an object store lies in one of the roots.
     *
     * @throws ModelException if it lies outside; the message says where models may lie
     */
    void require(StorageUri place) {
        if (bounded && stores.stream().noneMatch(store -> store.holds(place))) {
            throw new ModelException("model.location " + place + " lies outside the places that models may lie in (" + KEY + ", "
                    + roots + stores + "); put the model there, or name it on the hub as hf:organisation/name");
        }
    }

    private boolean isWithin(Path path) throws IOException {
        Path real = Files.exists(path) ? path.toRealPath() : path.normalize();
        for (Path root : roots) {
            if (real.startsWith(Files.exists(root) ? root.toRealPath() : root.toAbsolutePath().normalize())) {
                return true;
            }
        }
        return false;
    }
}

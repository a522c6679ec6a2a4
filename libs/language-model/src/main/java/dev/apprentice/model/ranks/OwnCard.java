package dev.apprentice.model.ranks;

import dev.apprentice.model.ModelException;
import dev.apprentice.model.torchscript.NativeEnvironment;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Makes one of the machine's graphics cards visible to each rank, so that PyTorch and NCCL both call it the first one. It is the
 * entry of {@code CUDA_VISIBLE_DEVICES} at the rank's place on its machine. Without that variable, it is the card with that index.
 */
public final class OwnCard {

    private static final String VISIBLE = "CUDA_VISIBLE_DEVICES";

    private OwnCard() {}

    /**
     * Chooses the card. Must be called before PyTorch is started. Does nothing for a processor.
     *
     * @param device the setting of all ranks: {@code cpu} or {@code gpu}
     * @throws ModelException if it names one card for all ranks, or the machine has more ranks than visible cards
     */
    public static void choose(String device, Map<String, String> environment) {
        if (device.startsWith("gpu")) {
            NativeEnvironment.set(VISIBLE, card(device, environment));
        }
    }

    static String card(String device, Map<String, String> environment) {
        if (!device.equals("gpu")) {
            throw new ModelException("the device '" + device + "' is one card, but mpirun has started several ranks; write gpu,"
                    + " and each rank takes a card of its own, in the order of " + VISIBLE);
        }
        int rank = MpiRanks.localRank(environment);
        String visible = environment.getOrDefault(VISIBLE, "");
        String[] cards = visible.isBlank()
                ? IntStream.rangeClosed(0, rank).mapToObj(Integer::toString).toArray(String[]::new)
                : visible.split(",");
        if (rank >= cards.length) {
            throw new ModelException("this is rank " + rank + " on its machine, counted from 0, but " + VISIBLE + "=" + visible
                    + " shows " + cards.length + " graphics cards; start as many ranks a machine as it has cards");
        }
        return cards[rank].strip();
    }
}

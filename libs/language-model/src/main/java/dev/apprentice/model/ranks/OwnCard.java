package dev.apprentice.model.ranks;

import dev.apprentice.model.ModelException;
import dev.apprentice.model.card.VisibleCards;
import dev.apprentice.model.torchscript.NativeEnvironment;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes one of the machine's graphics cards visible to each rank, so that PyTorch and NCCL both call it the first one. It is the
 * entry of {@code CUDA_VISIBLE_DEVICES} at the rank's place on its machine. Without that variable, it is the card with that index.
 */
public final class OwnCard {

    private OwnCard() {}

    /**
     * Chooses the card. Must be called before PyTorch is started. Does nothing for a processor.
     *
     * @param device the setting of all ranks: {@code cpu} or {@code gpu}
     * @throws ModelException if it names one card for all ranks, or the machine has more ranks than visible cards, which may be none
     */
    public static void choose(String device, Map<String, String> environment) {
        if (device.startsWith("gpu")) {
            NativeEnvironment.set(VisibleCards.VARIABLE, card(device, environment));
        }
    }

    static String card(String device, Map<String, String> environment) {
        if (!device.equals("gpu")) {
            throw new ModelException("the device '" + device + "' is one card, but mpirun has started several ranks; write gpu,"
                    + " so that each rank gets its own card, in the order of " + VisibleCards.VARIABLE);
        }
        int rank = MpiRanks.localRank(environment);
        Optional<List<String>> visible = VisibleCards.in(environment);
        if (visible.isEmpty()) {
            return Integer.toString(rank);
        }
        List<String> cards = visible.get();
        if (rank >= cards.size()) {
            throw new ModelException("rank " + rank + " of this machine, counted from 0, has no graphics card: " + VisibleCards.VARIABLE
                    + "='" + environment.get(VisibleCards.VARIABLE) + "' shows " + cards.size()
                    + "; start at most one rank for each card that it shows, or show more cards");
        }
        return cards.get(rank);
    }
}

package dev.apprentice.model.ranks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.apprentice.model.ModelException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OwnCardTest {

    private static final String RANK = "OMPI_COMM_WORLD_LOCAL_RANK";
    private static final String VISIBLE = "CUDA_VISIBLE_DEVICES";

    @Test
    void eachRankHasTheCardAtItsPlace() {
        assertThat(OwnCard.card("gpu", Map.of(RANK, "3"))).isEqualTo("3");
        assertThat(OwnCard.card("gpu", Map.of(RANK, "1", VISIBLE, "4, 6,7"))).isEqualTo("6");
    }

    @Test
    void aRankWithoutACardIsRefused() {
        assertThatThrownBy(() -> OwnCard.card("gpu", Map.of(RANK, "2", VISIBLE, "4,6")))
                .isInstanceOf(ModelException.class)
                .hasMessage("this is rank 2 on its machine, counted from 0, but CUDA_VISIBLE_DEVICES=4,6 shows 2 graphics cards;"
                        + " start as many ranks a machine as it has cards");
    }

    @Test
    void oneCardForAllRanksIsRefused() {
        assertThatThrownBy(() -> OwnCard.card("gpu:1", Map.of(RANK, "0")))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("'gpu:1' is one card")
                .hasMessageContaining("write gpu");
    }
}

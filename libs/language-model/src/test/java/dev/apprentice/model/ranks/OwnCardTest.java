package dev.apprentice.model.ranks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.apprentice.model.ModelException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
                .hasMessage("rank 2 of this machine, counted from 0, has no graphics card: CUDA_VISIBLE_DEVICES='4,6' shows 2;"
                        + " start at most one rank for each card that it shows, or show more cards");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "-1", "none", "-1,0"})
    void cardsThatTheUserHasHiddenStayHidden(String visible) {
        assertThatThrownBy(() -> OwnCard.card("gpu", Map.of(RANK, "0", VISIBLE, visible)))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("CUDA_VISIBLE_DEVICES='" + visible + "' shows 0;");
    }

    @Test
    void oneCardForAllRanksIsRefused() {
        assertThatThrownBy(() -> OwnCard.card("gpu:1", Map.of(RANK, "0")))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("'gpu:1' is one card")
                .hasMessageContaining("write gpu");
    }
}

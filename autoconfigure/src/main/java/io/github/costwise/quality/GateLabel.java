package io.github.costwise.quality;

import io.github.costwise.model.GatedAnswer;

/**
 * A request that two cheap models and the capable one have answered.
 *
 * @param difficulty the difficulty of the request, scored by a model that was not fitted
 * on it
 * @param candidate the cheap answer beside that of the second model
 * @param gain how much better the capable model's answer was than the cheap one, -1 to 1
 * @since 0.1.0
 */
public record GateLabel(double difficulty, GatedAnswer candidate, double gain) {

}

package io.github.costwise.model;

/**
 * What a routing model says of a request.
 *
 * @param difficulty how much a more capable model would gain; comparable with those of
 * the same {@code model} only
 * @param probabilities how likely each tier is good enough
 * @param encoded whether the request's vector took part
 * @param model version of the routing model; another one than with the vector where that
 * would have taken part, see {@link io.github.costwise.routing.RoutingModel#forEncoder}
 * @since 0.1.0
 */
public record RoutingScore(double difficulty, TierProbabilities probabilities, boolean encoded, String model) {

}

package io.github.costwise.routing;

/**
 * What a routing model says of a request.
 *
 * @param difficulty how much a more capable model would gain; comparable within one
 * routing model only
 * @param probabilities how likely each tier is good enough
 * @param encoded whether the request's vector took part
 * @since 0.1.0
 */
public record RoutingScore(double difficulty, TierProbabilities probabilities, boolean encoded) {

}

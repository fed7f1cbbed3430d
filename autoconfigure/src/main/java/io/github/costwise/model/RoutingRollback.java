package io.github.costwise.model;

/**
 * A routing configuration that no longer applies. Published as an application event.
 *
 * @param from version that applied, to all turns or to a share
 * @param to version that applies instead
 * @param reason why, in words
 * @since 0.1.0
 */
public record RoutingRollback(String from, String to, String reason) implements CostEvent {

}

package io.github.costwise.autoconfigure;

import java.util.Locale;
import java.util.TreeMap;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.context.event.EventListener;

import io.github.costwise.model.FallbackSpike;
import io.github.costwise.model.RoutingRollback;

/** Logs what an operator should know of routing. Thread-safe. */
class RoutingEventLogger {

	private static final Log logger = LogFactory.getLog(RoutingEventLogger.class);

	@EventListener
	void log(FallbackSpike spike) {
		logger.warn(String.format(Locale.ROOT,
				"Costwise: %.0f %% of the latest %d turns fell back; turns by the target that failed: %s",
				100 * spike.share(), spike.turns(), new TreeMap<>(spike.byTarget())));
	}

	@EventListener
	void log(RoutingRollback rollback) {
		logger.warn("Costwise: routing went back from configuration " + rollback.from() + " to " + rollback.to() + ": "
				+ rollback.reason());
	}

}

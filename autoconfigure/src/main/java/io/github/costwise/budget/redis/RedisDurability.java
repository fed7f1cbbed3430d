package io.github.costwise.budget.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

import org.springframework.data.redis.connection.RedisConnection;

/**
 * Looks at whether a server keeps what it is given. One that does not tell is believed.
 */
final class RedisDurability {

	private static final String POLICY = "maxmemory-policy";

	private static final String SAFE = "noeviction";

	private RedisDurability() {
	}

	/** Returns a sentence for each setting that may lose budgets. */
	static List<String> warnings(RedisCalls calls) {
		return calls.call("tell its settings", true, RedisDurability::warnings);
	}

	private static List<String> warnings(RedisConnection connection) {
		try {
			return warnings(settings(connection, POLICY), settings(connection, "save"),
					settings(connection, "appendonly"));
		}
		catch (RuntimeException ex) {
			return List.of();
		}
	}

	/** Of a cluster, one of each server, whose name comes first. */
	private static Map<String, String> settings(RedisConnection connection, String name) {
		Map<String, String> found = new TreeMap<>();
		Properties all = connection.serverCommands().getConfig(name);
		if (all != null) {
			all.forEach((key, value) -> {
				if (key.toString().endsWith(name)) {
					found.put(key.toString().substring(0, key.toString().length() - name.length()), value.toString());
				}
			});
		}
		return found;
	}

	static List<String> warnings(Map<String, String> policies, Map<String, String> saves, Map<String, String> appends) {
		List<String> warnings = new ArrayList<>();
		policies.values()
			.stream()
			.filter((policy) -> !policy.equals(SAFE))
			.findFirst()
			.ifPresent((policy) -> warnings.add("Redis may drop budgets when its memory is full, since " + POLICY
					+ " is " + policy + ": set " + POLICY + " to " + SAFE + "."));
		if (saves.entrySet()
			.stream()
			.anyMatch((one) -> one.getValue().isBlank() && "no".equals(appends.get(one.getKey())))) {
			warnings.add(
					"Redis loses all budgets when it ends, since save is empty and appendonly is no: set appendonly to "
							+ "yes.");
		}
		return warnings;
	}

}

package io.github.costwise.observability;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.github.costwise.model.CallRecord;
import io.github.costwise.model.Deployment;

/**
 * The ids of deployments as values of a tag: the first ones that are seen, up to a limit;
 * all others are one. Each id is computed once. Thread-safe.
 */
final class DeploymentIds {

	private final Map<Deployment, String> known = new ConcurrentHashMap<>();

	private final int limit;

	DeploymentIds(int limit) {
		this.limit = limit;
	}

	String of(CallRecord call) {
		Deployment deployment = Deployment.of(call);
		String id = this.known.get(deployment);
		return (id != null) ? id : admit(deployment);
	}

	private synchronized String admit(Deployment deployment) {
		if (this.known.size() >= this.limit && !this.known.containsKey(deployment)) {
			return TagValues.OTHER;
		}
		return this.known.computeIfAbsent(deployment, Deployment::id);
	}

}

package io.github.costwise.advisor;

import org.jspecify.annotations.Nullable;

import org.springframework.ai.chat.model.ChatModel;
import org.springframework.aop.TargetSource;
import org.springframework.aop.framework.Advised;

/**
 * Looks behind the proxies of Spring: those of one target, and those that look it up
 * again at each call, such as scoped ones.
 */
final class ProxiedModel {

	private static final int DEEPEST = 8;

	private ProxiedModel() {
	}

	/** Returns whether the model that is asked may be another one at each call. */
	static boolean changes(ChatModel model) {
		ChatModel behind = model;
		for (int i = 0; i < DEEPEST && behind instanceof Advised proxy; i++) {
			if (!proxy.getTargetSource().isStatic()) {
				return true;
			}
			behind = target(proxy.getTargetSource());
		}
		return false;
	}

	/** Returns the model that is asked now, or {@code null} when there is none. */
	static @Nullable ChatModel target(ChatModel model) {
		ChatModel behind = model;
		for (int i = 0; i < DEEPEST && behind instanceof Advised proxy; i++) {
			behind = target(proxy.getTargetSource());
		}
		return behind;
	}

	private static @Nullable ChatModel target(TargetSource source) {
		try {
			Object target = source.getTarget();
			if (target != null && !source.isStatic()) {
				source.releaseTarget(target);
			}
			return (target instanceof ChatModel model) ? model : null;
		}
		catch (Exception ex) {
			return null;
		}
	}

}

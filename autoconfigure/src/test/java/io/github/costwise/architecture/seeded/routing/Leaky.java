package io.github.costwise.architecture.seeded.routing;

import java.util.List;
import java.util.Map;

import com.tngtech.archunit.core.domain.JavaModifier;
import org.jspecify.annotations.Nullable;

import io.github.costwise.CostwiseException;

public abstract class Leaky implements Comparable<Leaky> {

	public static final int LIMIT = 1;

	protected Leaky(Map<String, ? super JavaModifier[]> names) {
	}

	Leaky() {
	}

	public abstract <T extends CostwiseException> List<@Nullable T> all(@Nullable String name) throws CostwiseException;

	public static byte[] bytes(String... names) {
		return new byte[0];
	}

	@Override
	public int compareTo(Leaky other) {
		return 0;
	}

	void hidden(ApiHidden hidden) {
	}

	static final class ApiHidden {

	}

}

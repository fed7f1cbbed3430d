package io.github.costwise.testsupport;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Loads the classes of this project again, as in an application without some packages.
 */
public final class HidingClassLoader extends ClassLoader {

	private final List<String> hidden;

	/**
	 * Creates the loader.
	 * @param hidden how the names of the classes begin that are not there
	 */
	public HidingClassLoader(List<String> hidden) {
		super(HidingClassLoader.class.getClassLoader());
		this.hidden = List.copyOf(hidden);
	}

	@Override
	protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
		if (this.hidden.stream().anyMatch(name::startsWith)) {
			throw new ClassNotFoundException(name);
		}
		synchronized (getClassLoadingLock(name)) {
			Class<?> loaded = findLoadedClass(name);
			if (loaded == null) {
				loaded = name.startsWith("io.github.costwise.") ? define(name) : super.loadClass(name, resolve);
			}
			return loaded;
		}
	}

	private Class<?> define(String name) throws ClassNotFoundException {
		try (@Nullable
		InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
			if (in == null) {
				throw new ClassNotFoundException(name);
			}
			byte[] bytes = in.readAllBytes();
			return defineClass(name, bytes, 0, bytes.length);
		}
		catch (IOException ex) {
			throw new ClassNotFoundException(name, ex);
		}
	}

}
